import { namespaces } from '../../api/core-v1/namespace.ts';
import { type Ingress, ingresses } from '../../api/networking-v1/ingress.ts';
import { StatusError } from '../../apimachinery/status-error.ts';
import { sliceOf } from '../../conformance/ingress-nginx/backends.ts';
import { CONTROLLER_NAMESPACE } from './controller-container.ts';
import type { TestIngress, TestReplica } from './test-ingress.ts';

const SERVICE = 'ingress-nginx-controller-admission';
const PORT = 8443;

/** Flags with which a replica serves its webhook; the test mounts no certificate, so nobody looks at one. */
export const WEBHOOK_FLAGS: readonly string[] = Object.freeze([`--validating-webhook=:${PORT}`]);

/** Lets the API server ask a replica about Ingresses, as the genuine manifest does. */
export function serveWebhook(world: TestIngress, { podIp }: TestReplica): void {
  const namespace = CONTROLLER_NAMESPACE;
  const ports = [{ name: 'https-webhook', port: 443, targetPort: 'webhook', protocol: 'TCP' }];
  const slice = sliceOf({ namespace, name: SERVICE }, [podIp]);
  world.load([
    { apiVersion: 'v1', kind: 'Service', metadata: { namespace, name: SERVICE }, spec: { ports } },
    { ...slice, ports: [{ name: 'https-webhook', protocol: 'TCP', port: PORT }] },
    CONFIGURATION,
  ]);
}

/** What asks the replica's webhook about Ingresses. */
export const CONFIGURATION = Object.freeze({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'ingress-nginx-admission' },
  webhooks: [
    {
      name: 'validate.nginx.ingress.kubernetes.io',
      admissionReviewVersions: ['v1'],
      clientConfig: {
        service: { name: SERVICE, namespace: CONTROLLER_NAMESPACE, path: '/networking/v1/ingresses', port: 443 },
      },
      failurePolicy: 'Fail',
      matchPolicy: 'Equivalent',
      namespaceSelector: {},
      objectSelector: {},
      timeoutSeconds: 10,
      sideEffects: 'None',
      rules: [
        {
          apiGroups: ['networking.k8s.io'],
          apiVersions: ['v1'],
          operations: ['CREATE', 'UPDATE'],
          resources: ['ingresses'],
          scope: '*',
        },
      ],
    },
  ],
});

/** What became of a write. */
export interface Admitted {
  readonly allowed: boolean;
  /** The API server's whole message; '' when it was let in. */
  readonly message: string;
  readonly warnings: readonly string[];
}

/** Sends an Ingress to the API server, as a new one or in the place of the one that is there. */
export function admit(world: TestIngress, ingress: Ingress): Admitted {
  const { server, client } = world;
  const warnings: string[] = [];
  const options = { user: 'kubernetes-admin', warn: (text: string) => warnings.push(text) };
  const { namespace = '', name } = ingress.metadata;
  if (client.get(namespaces, '', namespace) === undefined)
    world.load([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  const isNew = client.get(ingresses, namespace, name) === undefined;
  try {
    if (isNew) server.registry.create(ingresses, ingress, options);
    else server.registry.update(ingresses, ingress, options);
    return { allowed: true, message: '', warnings };
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return { allowed: false, message: error.message, warnings };
  }
}
