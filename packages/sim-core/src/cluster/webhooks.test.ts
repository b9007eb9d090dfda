import { describe, expect, test } from 'vitest';
import { deployments } from '../api/apps-v1/deployment.ts';
import { configMaps } from '../api/core-v1/config-map.ts';
import { pods } from '../api/core-v1/pod.ts';
import { isConditionTrue } from '../apimachinery/condition.ts';
import { createCluster } from '../cluster.ts';
import { nodeCertificates } from '../host/certificates.ts';
import { createApiClient } from '../kube-apiserver/testing/api-client.ts';
import { defaultSettings } from '../scenario/settings.ts';

/* Webhooks in pods, asked over the cluster's network: the image of Kubernetes' own end-to-end tests. */

const PAIR = nodeCertificates.selfSigned({ commonName: 'hook', dnsNames: ['hook.hooks.svc'] });
const OTHER = nodeCertificates.selfSigned({ commonName: 'hook', dnsNames: ['hook.hooks.svc'] });
const ARGS = ['webhook', '--tls-cert-file=/certs/tls.crt', '--tls-private-key-file=/certs/tls.key'];

/** A cluster with `agnhost webhook` behind the Service `hook` in the namespace `hooks`. */
function world({ args = ARGS, externalHosts = {} }: { args?: string[]; externalHosts?: Record<string, string> } = {}) {
  const settings = { ...defaultSettings(), externalHosts };
  const cluster = createCluster({ settings, certificates: nodeCertificates });
  const labels = { app: 'hook' };
  const data = { 'tls.crt': btoa(PAIR.certPem), 'tls.key': btoa(PAIR.keyPem) };
  const container = {
    name: 'hook',
    image: 'registry.k8s.io/e2e-test-images/agnhost:2.53',
    args,
    volumeMounts: [{ name: 'certs', mountPath: '/certs' }],
  };
  const spec = { containers: [container], volumes: [{ name: 'certs', secret: { secretName: 'hook' } }] };
  cluster.applyObjects([
    object('v1', 'Namespace', 'hooks', {}),
    object('v1', 'Secret', 'hook', { type: 'kubernetes.io/tls', data }),
    object('v1', 'Service', 'hook', { spec: { selector: labels, ports: [{ port: 443 }] } }),
    object('apps/v1', 'Deployment', 'hook', {
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
    }),
  ]);
  const client = createApiClient(cluster);
  return {
    ...client,
    hook: (path: string, more: object = {}, kind = 'ValidatingWebhookConfiguration') =>
      cluster.applyObjects([configuration(kind, path, more)]),
    create: (data: Record<string, string> = {}) =>
      client.ask('POST', '/api/v1/namespaces/default/configmaps', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings' },
        data,
      }),
  };
}

function object(apiVersion: string, kind: string, name: string, more: object): any {
  return { apiVersion, kind, metadata: { name, ...(kind === 'Namespace' ? {} : { namespace: 'hooks' }) }, ...more };
}

function configuration(kind: string, path: string, more: object): any {
  const webhook = {
    name: 'check.example.com',
    clientConfig: { service: { namespace: 'hooks', name: 'hook', path }, caBundle: btoa(PAIR.certPem) },
    rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'] }],
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
    ...more,
  };
  return { apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name: 'check' }, webhooks: [webhook] };
}

test('a pod refuses, and lets pass', async () => {
  const { hook, create } = world();
  hook('/configmaps');
  expect(await create({ 'webhook-e2e-test': 'webhook-disallow' })).toMatchObject({
    status: 400,
    body: {
      message:
        'admission webhook "check.example.com" denied the request: the configmap contains unwanted key and value',
    },
  });
  expect(await create({ a: 'b' })).toMatchObject({ status: 201 });
});

test('a pod changes what is written', async () => {
  const { hook, create } = world();
  hook('/mutating-configmaps', { reinvocationPolicy: 'IfNeeded' }, 'MutatingWebhookConfiguration');
  expect((await create({ 'mutation-start': 'yes' })).body.data).toEqual({
    'mutation-start': 'yes',
    'mutation-stage-1': 'yes',
  });
});

describe('what stands in the way', () => {
  const url =
    'failed calling webhook "check.example.com": failed to call webhook: Post "https://hook.hooks.svc:443/configmaps?timeout=10s": ';
  const service = (more: object) => ({
    clientConfig: {
      service: { namespace: 'hooks', name: 'hook', path: '/configmaps', ...more },
      caBundle: btoa(PAIR.certPem),
    },
  });
  const trusting = (caBundle: string) => ({
    clientConfig: { service: { namespace: 'hooks', name: 'hook', path: '/configmaps' }, caBundle: btoa(caBundle) },
  });
  const unknown = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
  test.each([
    ['nobody is trusted', trusting(''), `${url}${unknown}`],
    ['somebody else is trusted', trusting(OTHER.certPem), `${url}${unknown}`],
    [
      'there is no such Service',
      service({ name: 'hok' }),
      `${url.replace('hook.hooks', 'hok.hooks')}service "hok" not found`,
    ],
    [
      'it has no such port',
      service({ port: 8443 }),
      `${url.replace(':443', ':8443')}no service port 8443 found for service "hook"`,
    ],
  ])('%s', async (_what, more, message) => {
    const { hook, create } = world();
    hook('/configmaps', more);
    expect(await create()).toMatchObject({ status: 500, body: { message: `Internal error occurred: ${message}` } });
  });

  test('nobody is there', async () => {
    const { cluster, hook, create } = world();
    hook('/configmaps');
    const scale = (replicas: number) => {
      const deployment = cluster.client.get(deployments, 'hooks', 'hook');
      cluster.client.update(deployments, { ...deployment, spec: { ...deployment?.spec, replicas } } as never);
      cluster.settle();
      cluster.advance(60_000);
    };
    scale(0);
    expect((await create()).body.message).toBe(
      `Internal error occurred: ${url}no endpoints available for service "hook"`,
    );
    scale(2);
    expect(await create()).toMatchObject({ status: 201 });
  });

  test('it listens elsewhere, or without TLS', async () => {
    const elsewhere = world({ args: [...ARGS, '--port=8443'] });
    elsewhere.hook('/configmaps');
    expect((await elsewhere.create()).body.message).toMatch(
      /: dial tcp 10\.244\.\d+\.\d+:443: connect: connection refused$/,
    );
    const plain = world({ args: ['webhook'] });
    plain.hook('/configmaps');
    expect((await plain.create()).body.message).toMatch(/: http: server gave HTTP response to HTTPS client$/);
  });

  test('a URL outside leads to what the Scenario invents, and nowhere else', async () => {
    const { hook, create } = world({ externalHosts: { 'hook.example.com:443': 'agnhost' } });
    hook('', { clientConfig: { url: 'https://example.com/check' } });
    expect((await create()).body.message).toMatch(
      /: Post "https:\/\/example.com\/check\?timeout=10s": dial tcp: lookup example.com: no such host$/,
    );
  });
});

describe('a webhook that takes its time', () => {
  test('a client waits', async () => {
    const { cluster, hook, create } = world();
    hook('/always-allow-delay-5s');
    const answer = create();
    cluster.advance(4900);
    expect(cluster.client.get(configMaps, 'default', 'settings')).toBeUndefined();
    cluster.advance(200);
    expect(await answer).toMatchObject({ status: 201 });
  });

  test('until the time is over', async () => {
    const { cluster, hook, create } = world();
    hook('/always-allow-delay-5s', { timeoutSeconds: 3 });
    const answer = create();
    cluster.advance(3100);
    expect((await answer).body.message).toMatch(
      /: Post "https:\/\/hook.hooks.svc:443\/always-allow-delay-5s\?timeout=3s": context deadline exceeded$/,
    );
  });

  test('controllers wait too, and do something else meanwhile', () => {
    const { cluster, hook } = world();
    const rules = [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }];
    hook('/always-allow-delay-5s', { rules, objectSelector: { matchLabels: { slow: 'yes' } } });
    const deployment = (name: string, labels: object) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: 'default' },
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
      },
    });
    cluster.applyObjects([deployment('slow', { slow: 'yes' }), deployment('quick', { app: 'quick' })] as never);
    const ready = () =>
      cluster.client
        .list(pods, 'default')
        .filter(({ status }) => isConditionTrue(status?.conditions, 'Ready'))
        .map(({ metadata }) => metadata.name.split('-')[0])
        .sort();
    expect(ready()).toEqual(['quick', 'quick']);
    cluster.advance(11_000);
    expect(ready()).toEqual(['quick', 'quick', 'slow', 'slow']);
  });
});

test('a webhook that holds up everything breaks nothing, and goes on when it is gone', async () => {
  const { cluster, hook, ask, errors } = world();
  const rules = [{ operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*'] }];
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { containers: [{ name: 'web', image: 'nginx' }] },
  };
  await ask('POST', '/api/v1/namespaces/default/pods', pod);
  hook('/nowhere', { rules, failurePolicy: 'Fail' });
  const { body } = await ask('DELETE', '/api/v1/namespaces/default/pods/web');
  expect(body.message).toMatch(/: failed to call webhook: the server could not find the requested resource$/);
  cluster.kubelet.crash('default', 'web');
  cluster.advance(30_000);
  const gone = await ask('DELETE', '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/check');
  expect(gone.status).toBe(200);
  cluster.advance(60_000);
  const found = cluster.client.get(pods, 'default', 'web');
  expect(found?.status?.containerStatuses?.[0]).toMatchObject({ ready: true, restartCount: 1 });
  expect(errors).toEqual([]);
});
