import {
  type MutatingWebhookConfiguration,
  mutatingWebhookConfigurations,
} from '../api/admissionregistration-v1/mutating-webhook-configuration.ts';
import {
  type ValidatingWebhookConfiguration,
  validatingWebhookConfigurations,
} from '../api/admissionregistration-v1/validating-webhook-configuration.ts';
import type { Webhook } from '../api/admissionregistration-v1/webhook.ts';
import { secrets } from '../api/core-v1/secret.ts';
import type { Kind } from '../apimachinery/kind.ts';
import type { Client } from '../client/client.ts';
import type { Program } from '../workloads/program.ts';
import {
  type CertgenApi,
  type CertificateMaker,
  kubeWebhookCertgen,
} from '../workloads/programs/kube-webhook-certgen.ts';

/** The program of ingress-nginx' certificate Jobs, with its way to the API server. */
export function createWebhookCertgen(client: Client, certificates: CertificateMaker): Program {
  const api: CertgenApi = {
    secret: (namespace, name) => client.get(secrets, namespace, name),
    createSecret: (secret) => {
      client.create(secrets, secret);
    },
    patchWebhooks(kind, name, caBundle, failurePolicy) {
      return kind === 'ValidatingWebhookConfiguration'
        ? patchAll(client, validatingWebhookConfigurations, name, caBundle, failurePolicy)
        : patchAll(client, mutatingWebhookConfigurations, name, caBundle, failurePolicy);
    },
  };
  return kubeWebhookCertgen(api, certificates);
}

function patchAll<T extends ValidatingWebhookConfiguration | MutatingWebhookConfiguration>(
  client: Client,
  kind: Kind<T>,
  name: string,
  caBundle: string,
  failurePolicy: string | undefined,
): boolean {
  const configuration = client.get(kind, '', name);
  if (configuration === undefined) return false;
  const webhooks = (configuration.webhooks ?? []).map((webhook: Webhook) => ({
    ...webhook,
    clientConfig: { ...webhook.clientConfig, caBundle },
    ...(failurePolicy !== undefined && { failurePolicy }),
  }));
  client.update(kind, { ...configuration, webhooks });
  return true;
}
