import { describe, expect, test } from 'vitest';
import { LAST_APPLIED } from '../apimachinery/managed-fields/last-applied.ts';
import type { UndecodableError } from './decode.ts';
import { createTestServer } from './test-server.ts';
import { UnknownKindError } from './unknown-kind.ts';

const service = (spec: Record<string, unknown>, metadata: Record<string, unknown> = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', ...metadata },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec },
});

const deployment = (template: Record<string, unknown>) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'nginx:1.27' }], ...template },
    },
  },
});

function thrownBy(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe('apply', () => {
  test('creates, with what it was told as an annotation', () => {
    const { applier } = createTestServer();
    const { action, object } = applier.apply(service({ type: 'NodePort' }, { annotations: { note: '<b>' } }));
    expect(action).toBe('created');
    expect(object.metadata).toMatchObject({ name: 'web', namespace: 'default' });
    expect(object.metadata.annotations?.[LAST_APPLIED]).toBe(
      '{"apiVersion":"v1","kind":"Service","metadata":{"annotations":{"note":"\\u003cb\\u003e"},"name":"web","namespace":"default"},"spec":{"ports":[{"port":80}],"selector":{"app":"web"},"type":"NodePort"}}\n',
    );
  });

  test('the same again changes nothing, whatever the server filled in', () => {
    const { applier, store } = createTestServer();
    const first = applier.apply(service({ type: 'LoadBalancer' }));
    const before = store.revision;
    const again = applier.apply(service({ type: 'LoadBalancer' }));
    expect(again).toMatchObject({ action: 'unchanged', warnings: [] });
    expect(again.object).toBe(first.object);
    expect(store.revision).toBe(before);
  });

  test('what the manifest no longer says goes, what others set stays', () => {
    const { applier, registry, store } = createTestServer();
    const { kind, object } = applier.apply(
      service({ sessionAffinity: 'ClientIP' }, { labels: { mine: 'a', old: 'b' } }),
    );
    const labels = { ...object.metadata.labels, theirs: 'c' };
    registry.update(kind, { ...object, metadata: { ...object.metadata, labels } }, { user: 'other' });
    const result = applier.apply(service({}, { labels: { mine: 'a' } }));
    expect(result.action).toBe('configured');
    expect(store.get('services', 'default', 'web')).toMatchObject({
      metadata: { labels: { mine: 'a', theirs: 'c' } },
      spec: { sessionAffinity: 'None' },
    });
  });

  test('a changed type of a Service takes its fields along', () => {
    const { applier } = createTestServer();
    applier.apply(service({ type: 'LoadBalancer', externalTrafficPolicy: 'Local' }));
    const { spec } = applier.apply(service({})).object as unknown as { spec: Record<string, unknown> };
    expect(spec).toMatchObject({ type: 'ClusterIP', ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }] });
    const gone = ['externalTrafficPolicy', 'allocateLoadBalancerNodePorts', 'healthCheckNodePort'];
    for (const field of gone) expect(spec).not.toHaveProperty(field);
  });

  test('an object that apply did not make is merged, with kubectl’s warning', () => {
    const { applier } = createTestServer();
    applier.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default', labels: { team: 'a' } } });
    const { action, warnings } = applier.apply(
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' }, automountServiceAccountToken: false },
      {},
    );
    expect(action).toBe('configured');
    expect(warnings[0]).toMatch(
      /^resource serviceaccounts\/default is missing the kubectl\.kubernetes\.io\/last-applied/,
    );
  });

  test('null members count as absent, quantities are canonical', () => {
    const { applier } = createTestServer();
    const resources = { requests: { cpu: 0.5, memory: '1024Mi' }, limits: null };
    const { object } = applier.apply(
      deployment({ nodeSelector: null, containers: [{ name: 'web', image: 'nginx', env: [], resources }] }),
    );
    const { spec } = (object as unknown as { spec: { template: { spec: Record<string, unknown> } } }).spec.template;
    expect(spec).not.toHaveProperty('nodeSelector');
    expect(spec.containers).toMatchObject([{ resources: { requests: { cpu: '500m', memory: '1Gi' } } }]);
    expect((spec.containers as unknown[])[0]).not.toHaveProperty('env');
  });

  test('a dry run says what would happen and stores nothing', () => {
    const { applier, store } = createTestServer();
    const before = store.revision;
    expect(applier.apply(service({}), { dryRun: true }).action).toBe('created');
    expect(store.revision).toBe(before);
    applier.apply(service({}));
    const stored = store.get('services', 'default', 'web');
    expect(applier.apply(service({ type: 'NodePort' }), { dryRun: true }).action).toBe('configured');
    expect(store.get('services', 'default', 'web')).toBe(stored);
  });

  test('warnings of the API server come along', () => {
    const { applier } = createTestServer();
    const { warnings } = applier.apply({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web', annotations: { 'kubernetes.io/ingress.class': 'nginx' } },
      spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
    });
    expect(warnings).toEqual([
      'annotation "kubernetes.io/ingress.class" is deprecated, please use \'spec.ingressClassName\' instead',
    ]);
    const negative = applier.apply(deployment({ terminationGracePeriodSeconds: -5 }));
    expect(negative.warnings[0]).toContain('spec.template.spec.terminationGracePeriodSeconds: must be >= 0');
  });
});

describe('refusals', () => {
  test('unknown fields with the way to each', () => {
    const { applier } = createTestServer();
    const error = thrownBy(() => applier.apply(service({ prots: [], typ: 'NodePort' })));
    expect(error.message).toBe(
      'Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.prots", unknown field "spec.typ"',
    );
    expect((error as UndecodableError).errors.map(({ path }) => path)).toEqual([
      ['spec', 'prots'],
      ['spec', 'typ'],
    ]);
  });

  test.each([
    ['v1', 'Deployment', 'Deployment is in apps/v1, not v1'],
    ['extensions/v1beta1', 'Ingress', 'Ingress is in networking.k8s.io/v1, not extensions/v1beta1'],
    [
      'certificates.k8s.io/v1',
      'CertificateSigningRequest',
      'CertificateSigningRequest (certificates.k8s.io/v1) is a kind of Kubernetes that this sandbox does not simulate yet',
    ],
    [
      'v1',
      'APIService',
      'APIService is in apiregistration.k8s.io/v1, not v1, and this sandbox does not simulate it yet',
    ],
    ['example.com/v1', 'Widget', undefined],
    ['v1', 'constructor', undefined],
  ])('%s %s', (apiVersion, kind, hint) => {
    const error = thrownBy(() => createTestServer().applier.apply({ apiVersion, kind, metadata: { name: 'x' } }));
    expect(error).toBeInstanceOf(UnknownKindError);
    expect(error.message).toBe(
      `no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`,
    );
    expect((error as UnknownKindError).hint).toBe(hint);
  });

  test.each([
    [null, 'error validating data: invalid object to validate'],
    [[], 'error validating data: invalid object to validate'],
    [{}, 'error validating data: [apiVersion not set, kind not set]'],
    [{ apiVersion: 'v1' }, 'error validating data: kind not set'],
    [{ apiVersion: 'v1', kind: 'Service', metadata: null }, 'resource name may not be empty'],
    [
      { apiVersion: 'v1', kind: 'Service', metadata: { generateName: 'web-' } },
      'from web-: cannot use generate name with apply',
    ],
  ])('%j', (value, message) => {
    expect(() => createTestServer().applier.apply(value)).toThrow(message);
  });

  test('an object for another namespace than the one that was asked for', () => {
    expect(() => createTestServer().applier.apply(service({}, { namespace: 'a' }), { namespace: 'b' })).toThrow(
      'the namespace from the provided object "a" does not match the namespace "b". You must pass \'--namespace=a\' to perform this operation.',
    );
  });
});
