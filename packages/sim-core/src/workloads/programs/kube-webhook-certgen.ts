import type { Secret } from '../../api/core-v1/secret.ts';
import { flagValue } from '../http-program.ts';
import type { ContainerContext, Program, RunningProgram } from '../program.ts';

/** Makes a certificate that is signed with its own key; PEM. */
export interface CertificateMaker {
  selfSigned(subject: { readonly commonName: string; readonly dnsNames: readonly string[] }): {
    readonly certPem: string;
    readonly keyPem: string;
  };
}

/** Kinds of webhook configurations, by the flag that patches them. */
export type WebhookConfigurationKind = 'ValidatingWebhookConfiguration' | 'MutatingWebhookConfiguration';

/** What the program needs of the API server. */
export interface CertgenApi {
  secret(namespace: string, name: string): Secret | undefined;
  /** @throws StatusError */
  createSecret(secret: Secret): void;
  /**
   * Writes the base64 CA bundle, and the failure policy where there is one, into every webhook of a configuration.
   * @returns false when there is no such configuration
   * @throws StatusError
   */
  patchWebhooks(
    kind: WebhookConfigurationKind,
    name: string,
    caBundle: string,
    failurePolicy: string | undefined,
  ): boolean;
}

/**
 * The Job image of ingress-nginx' admission webhook: `create` makes a Secret with ca, cert and key, `patch` writes the ca into the
 * webhook configuration (ingress-nginx images/kube-webhook-certgen). Needs the API, so the composition root makes it.
 */
export function kubeWebhookCertgen(api: CertgenApi, certificates: CertificateMaker): Program {
  return Object.freeze({
    name: 'kube-webhook-certgen',
    images: Object.freeze(['*/ingress-nginx/kube-webhook-certgen', 'docker.io/jettech/kube-webhook-certgen']),
    start: (context: ContainerContext) => run(context, api, certificates),
  });
}

function run(context: ContainerContext, api: CertgenApi, certificates: CertificateMaker): RunningProgram {
  context.exit(commandOf(context, api, certificates));
  return { listener: () => undefined };
}

/** @returns the exit code */
function commandOf(context: ContainerContext, api: CertgenApi, certificates: CertificateMaker): number {
  const command = context.argv.find((argument) => argument === 'create' || argument === 'patch');
  try {
    if (command === 'create') return create(context, api, certificates);
    if (command === 'patch') return patch(context, api);
    context.log(`unknown command: ${context.argv.join(' ')}`);
    return 1;
  } catch (error) {
    context.log(`${command}: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

/** cmd/create.go */
function create({ argv, log }: ContainerContext, api: CertgenApi, certificates: CertificateMaker): number {
  const namespace = flagValue(argv, 'namespace') ?? '';
  const name = flagValue(argv, 'secret-name') ?? '';
  const hosts = (flagValue(argv, 'host') ?? '').split(',').filter((host) => host !== '');
  log(`getting secret '${name}' in namespace '${namespace}'`);
  if (api.secret(namespace, name) !== undefined) {
    log('secret already exists');
    return 0;
  }
  const { certPem, keyPem } = certificates.selfSigned({ commonName: hosts[0] ?? name, dnsNames: hosts });
  const data = {
    ca: btoa(certPem),
    [flagValue(argv, 'cert-name') ?? 'cert']: btoa(certPem),
    [flagValue(argv, 'key-name') ?? 'key']: btoa(keyPem),
  };
  log(`saving to secret '${name}' in namespace '${namespace}'`);
  api.createSecret({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type: 'Opaque', data });
  return 0;
}

/** cmd/patch.go */
function patch({ argv, log }: ContainerContext, api: CertgenApi): number {
  const namespace = flagValue(argv, 'namespace') ?? '';
  const secretName = flagValue(argv, 'secret-name') ?? '';
  const name = flagValue(argv, 'webhook-name') ?? '';
  const policy = flagValue(argv, 'patch-failure-policy');
  const ca = api.secret(namespace, secretName)?.data?.['ca'];
  if (ca === undefined) {
    log(`no secret with '${secretName}' in '${namespace}'`);
    return 1;
  }
  const kinds: [flag: string, kind: WebhookConfigurationKind][] = [
    ['patch-mutating', 'MutatingWebhookConfiguration'],
    ['patch-validating', 'ValidatingWebhookConfiguration'],
  ];
  log(`patching webhook configurations '${name}' failurePolicy=${policy ?? ''}`);
  for (const [flag, kind] of kinds) {
    if (flagValue(argv, flag) === 'false' || api.patchWebhooks(kind, name, ca, policy)) continue;
    log(`failed getting ${kind}: "${name}" not found`);
    return 1;
  }
  log('Patched hook(s)');
  return 0;
}
