import { expect, test } from 'vitest';
import { INGRESS_NGINX_ADDON } from '../addons/ingress-nginx.ts';
import { deployments } from '../api/apps-v1/deployment.ts';
import { configMaps } from '../api/core-v1/config-map.ts';
import { ingresses } from '../api/networking-v1/ingress.ts';
import { createCluster } from '../cluster.ts';
import { nodeCertificates } from '../host/certificates.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import { defaultSettings } from '../scenario/settings.ts';
import type { ApplyOutcome } from './manifests.ts';

/* Documents that a webhook is to be asked about before it can be asked. */

const TOO_EARLY =
  /^Internal error occurred: failed calling webhook "validate\.nginx\.ingress\.kubernetes\.io": failed to call webhook: Post "https:\/\/ingress-nginx-controller-admission\.ingress-nginx\.svc:443\/networking\/v1\/ingresses\?timeout=10s": no endpoints available for service "ingress-nginx-controller-admission"$/;

const ingress = (name: string, annotations = '{}') => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, annotations: ${annotations} }
spec:
  ingressClassName: nginx
  rules: [{ host: ${name}.test }]
`;

/** A cluster whose containers take five seconds to start, with the add-on and these Ingresses applied together. */
function world(texts: readonly string[], { addon = INGRESS_NGINX_ADDON, postpone = true } = {}) {
  const delays = { ...defaultSettings().delays, containerStart: 5000 };
  const cluster = createCluster({ settings: { ...defaultSettings(), delays }, certificates: nodeCertificates });
  const late: ApplyOutcome[] = [];
  cluster.manifests.onLateOutcomes((outcomes) => late.push(...outcomes));
  const text = [addon, ...texts].join('---\n');
  cluster.manifests.addFiles([{ file: 'a.yaml', text }]);
  const outcomes = cluster.apply(decodeManifests('a.yaml', text).documents, { postpone });
  return { cluster, late, own: outcomes.slice(-texts.length) };
}

test('they are taken as soon as the webhook answers, with what a real cluster would have said', () => {
  const { cluster, late, own } = world([ingress('a'), ingress('b')]);
  expect(own).toMatchObject([
    { name: 'a', postponed: true, problems: [] },
    { name: 'b', postponed: true, problems: [] },
  ]);
  expect(cluster.waitingFor().filter(({ kind }) => kind === 'Ingress')).toMatchObject([
    { namespace: 'default', name: 'a', stuck: false },
    { namespace: 'default', name: 'b', stuck: false },
  ]);
  cluster.advance(20_000);
  expect(late.map(({ name, action, retriedAfter }) => [name, action, retriedAfter])).toEqual([
    ['a', 'created', expect.stringMatching(TOO_EARLY)],
    ['b', 'created', expect.stringMatching(TOO_EARLY)],
  ]);
  expect(cluster.client.get(ingresses, 'default', 'b')).toBeDefined();
  expect(cluster.waitingFor()).toEqual([]);
});

test('what came before its namespace, too, says so', () => {
  const placed = ingress('a').replace('name: a,', 'name: a, namespace: late,');
  const { cluster, late } = world([placed, 'apiVersion: v1\nkind: Namespace\nmetadata: { name: late }\n']);
  cluster.advance(20_000);
  expect(late).toMatchObject([{ name: 'a', action: 'created', retriedAfter: 'namespaces "late" not found' }]);
});

test('what the webhook refuses then is refused', () => {
  const { cluster, late } = world([ingress('a', '{ nginx.ingress.kubernetes.io/server-snippet: x }'), ingress('b')]);
  cluster.advance(20_000);
  expect(late.map(({ name, action }) => [name, action])).toEqual([
    ['a', undefined],
    ['b', 'created'],
  ]);
  expect(late[0]?.problems[0]?.message).toContain('denied the request');
});

test('without postponing they are refused at once, in the words of a real cluster', () => {
  const { own } = world([ingress('a')], { postpone: false });
  expect(own[0]?.problems[0]?.message).toMatch(TOO_EARLY);
});

test('what never answers is stuck, and refused when somebody gives up', () => {
  const { cluster, late } = world([ingress('a')]);
  const controller = cluster.client.get(deployments, 'ingress-nginx', 'ingress-nginx-controller');
  if (controller !== undefined)
    cluster.client.update(deployments, { ...controller, spec: { ...controller.spec, replicas: 0 } });
  cluster.advance(400_000);
  expect(cluster.waitingFor()).toMatchObject([{ kind: 'Ingress', name: 'a', stuck: true }]);
  expect(late).toEqual([]);
  cluster.manifests.giveUp();
  expect(late[0]?.problems[0]?.message).toMatch(TOO_EARLY);
  expect(cluster.waitingFor()).toEqual([]);
});

test('a file that is applied again, or gone, is not waited for', () => {
  const { cluster } = world([ingress('a')]);
  cluster.manifests.removeFiles(['a.yaml']);
  cluster.advance(20_000);
  expect(cluster.client.list(ingresses)).toEqual([]);
});

const PAIR = nodeCertificates.selfSigned({ commonName: 'hook', dnsNames: ['hook.default.svc'] });
const SLOW_HOOK = `apiVersion: v1
kind: Secret
metadata: { name: hook }
data: { tls.crt: ${btoa(PAIR.certPem)}, tls.key: ${btoa(PAIR.keyPem)} }
---
apiVersion: v1
kind: Pod
metadata: { name: hook, labels: { app: hook } }
spec:
  containers:
  - name: hook
    image: registry.k8s.io/e2e-test-images/agnhost:2.53
    args: [webhook, --tls-cert-file=/certs/tls.crt, --tls-private-key-file=/certs/tls.key]
    volumeMounts: [{ name: certs, mountPath: /certs }]
  volumes: [{ name: certs, secret: { secretName: hook } }]
---
apiVersion: v1
kind: Service
metadata: { name: hook }
spec: { selector: { app: hook }, ports: [{ port: 443 }] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: slow }
webhooks:
- name: slow.example.com
  clientConfig:
    service: { namespace: default, name: hook, path: /always-allow-delay-5s }
    caBundle: ${btoa(PAIR.certPem)}
  rules: [{ operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [configmaps] }]
  sideEffects: None
  admissionReviewVersions: [v1]
`;

test('a webhook that takes its time is waited for, and nothing is said of it', () => {
  const cluster = createCluster({ certificates: nodeCertificates });
  const late: ApplyOutcome[] = [];
  cluster.manifests.onLateOutcomes((outcomes) => late.push(...outcomes));
  cluster.apply(decodeManifests('hook.yaml', SLOW_HOOK).documents);
  const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: late }\n';
  const [outcome] = cluster.apply(decodeManifests('a.yaml', configMap).documents, { postpone: true });
  expect(outcome).toMatchObject({ postponed: true });
  expect(cluster.waitingFor()).toMatchObject([{ reason: 'a webhook has not answered yet', stuck: false }]);
  cluster.advance(6000);
  expect(late).toMatchObject([{ name: 'late', action: 'created' }]);
  expect(late[0]?.retriedAfter).toBeUndefined();
  expect(cluster.client.get(configMaps, 'default', 'late')).toBeDefined();
});
