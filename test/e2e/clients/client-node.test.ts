import { PassThrough } from 'node:stream';
import * as k8s from 'client-node-1';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AuditEvent, KubectlSandbox } from '../../support/kubectl-sandbox.ts';

/* @kubernetes/client-node 1.4, as programs use it; the audit log tells that it took the way it should. */

const MANIFESTS = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx:1.27, ports: [{containerPort: 80}]}]}
`;
const NAMESPACE = 'default';

let run: KubectlSandbox;
let config: k8s.KubeConfig;
let core: k8s.CoreV1Api;
beforeAll(async () => {
  run = await KubectlSandbox.start(undefined, { manifests: MANIFESTS });
  config = new k8s.KubeConfig();
  config.loadFromString(run.kubeconfig);
  core = config.makeApiClient(k8s.CoreV1Api);
});
afterAll(() => run.stop());

/** The name of the Deployment's pod. */
async function podName(): Promise<string> {
  const { items } = await core.listNamespacedPod({ namespace: NAMESPACE, labelSelector: 'app=web' });
  return items[0]?.metadata?.name ?? '';
}

const configMap = (name: string, data: Record<string, string> = {}): k8s.V1ConfigMap => ({ metadata: { name }, data });
const lines = (events: readonly AuditEvent[]) =>
  events.map(({ verb, requestURI, responseStatus }) => `${verb} ${requestURI.split('?')[0]} ${responseStatus.code}`);
const protocolOf = (events: readonly AuditEvent[]) =>
  events.flatMap(({ annotations }) => annotations?.['k8s-ingress-sandbox/protocol'] ?? []);

test('create, read, replace, patch, delete', async () => {
  run.audited();
  const namespace = NAMESPACE;
  const created = await core.createNamespacedConfigMap({ namespace, body: configMap('crud', { a: '1' }) });
  expect(created.metadata?.creationTimestamp).toBeInstanceOf(Date);
  const read = await core.readNamespacedConfigMap({ namespace, name: 'crud' });
  const replaced = await core.replaceNamespacedConfigMap({
    namespace,
    name: 'crud',
    body: { ...read, data: { a: '2' } },
  });
  expect(replaced.data).toEqual({ a: '2' });
  const patch = (body: object, type: string) =>
    core.patchNamespacedConfigMap(
      { namespace, name: 'crud', body, fieldManager: 'me', ...(type.includes('apply') && { force: true }) },
      k8s.setHeaderOptions('Content-Type', type),
    );
  expect((await patch([{ op: 'add', path: '/data/b', value: '3' }], k8s.PatchStrategy.JsonPatch)).data).toEqual({
    a: '2',
    b: '3',
  });
  expect((await patch({ data: { a: null } }, k8s.PatchStrategy.MergePatch)).data).toEqual({ b: '3' });
  expect((await patch({ data: { c: '4' } }, k8s.PatchStrategy.StrategicMergePatch)).data).toEqual({ b: '3', c: '4' });
  const applied = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'crud' }, data: { d: '5' } };
  expect((await patch(applied, k8s.PatchStrategy.ServerSideApply)).data).toEqual({ b: '3', c: '4', d: '5' });
  const stale = { ...created, data: { a: '9' } };
  const conflict = await core
    .replaceNamespacedConfigMap({ namespace, name: 'crud', body: stale })
    .catch((error) => error);
  expect(conflict).toMatchObject({ code: 409 });
  expect(String(conflict.body)).toContain('the object has been modified');
  await core.deleteNamespacedConfigMap({ namespace, name: 'crud' });
  await expect(core.readNamespacedConfigMap({ namespace, name: 'crud' })).rejects.toMatchObject({ code: 404 });
  const path = '/api/v1/namespaces/default/configmaps';
  expect(lines(run.audited())).toEqual([
    `create ${path} 201`,
    `get ${path}/crud 200`,
    `update ${path}/crud 200`,
    ...Array.from({ length: 4 }, () => `patch ${path}/crud 200`),
    `update ${path}/crud 409`,
    `delete ${path}/crud 200`,
    `get ${path}/crud 404`,
  ]);
});

test('a list in pieces', async () => {
  const namespace = NAMESPACE;
  for (const name of ['l1', 'l2', 'l3']) await core.createNamespacedConfigMap({ namespace, body: configMap(name) });
  const whole = await core.listNamespacedConfigMap({ namespace });
  const names: (string | undefined)[] = [];
  let _continue: string | undefined;
  do {
    const piece = await core.listNamespacedConfigMap({ namespace, limit: 1, ...(_continue && { _continue }) });
    expect(piece.items).toHaveLength(1);
    names.push(piece.items[0]?.metadata?.name);
    _continue = piece.metadata?._continue;
  } while (_continue);
  expect(names).toEqual(whole.items.map(({ metadata }) => metadata?.name));
});

test('a watch tells what happens', async () => {
  const events: string[] = [];
  const watch = new k8s.Watch(config);
  const { metadata } = await core.listNamespacedConfigMap({ namespace: NAMESPACE });
  const done = promised<void>();
  const request = await watch.watch(
    '/api/v1/namespaces/default/configmaps',
    { resourceVersion: metadata?.resourceVersion, allowWatchBookmarks: true },
    (type: string, object: k8s.V1ConfigMap) => {
      if (type !== 'BOOKMARK') events.push(`${type} ${object.metadata?.name}`);
      if (type === 'DELETED') done.resolve();
    },
    () => done.resolve(),
  );
  const namespace = NAMESPACE;
  await core.createNamespacedConfigMap({ namespace, body: configMap('watched') });
  await core.replaceNamespacedConfigMap({ namespace, name: 'watched', body: configMap('watched', { a: 'b' }) });
  await core.deleteNamespacedConfigMap({ namespace, name: 'watched' });
  await done.promise;
  request.abort();
  expect(events).toEqual(['ADDED watched', 'MODIFIED watched', 'DELETED watched']);
});

test('a watch from a revision that is gone starts anew', async () => {
  const watch = new k8s.Watch(config);
  const seen = promised<unknown>();
  await watch.watch(
    '/api/v1/configmaps',
    { resourceVersion: '1' },
    (type: string, object: { code?: number }) => seen.resolve([type, object.code]),
    (error) => seen.resolve(['ended', (error as { statusCode?: number } | null)?.statusCode]),
  );
  expect(await seen.promise).toEqual(['ERROR', 410]);
});

test('an informer keeps up, and comes back after its connection is gone', async () => {
  run.audited();
  const namespace = NAMESPACE;
  const informer = k8s.makeInformer(
    config,
    '/api/v1/namespaces/default/configmaps',
    () => core.listNamespacedConfigMap({ namespace, labelSelector: 'informer=yes' }),
    'informer=yes',
  );
  const events: string[] = [];
  const restarted = promised<void>();
  for (const verb of ['add', 'update', 'delete'] as const) {
    informer.on(verb, (object: k8s.V1ConfigMap) => events.push(`${verb} ${object.metadata?.name}`));
  }
  informer.on('error', () => {
    void informer.start().then(() => restarted.resolve());
  });
  await informer.start();
  const labelled = (name: string, data = {}) => ({ metadata: { name, labels: { informer: 'yes' } }, data });
  await core.createNamespacedConfigMap({ namespace, body: labelled('i1') });
  await core.createNamespacedConfigMap({ namespace, body: configMap('not-mine') });
  await expect.poll(() => events, { timeout: 10_000 }).toContain('add i1');
  await core.replaceNamespacedConfigMap({ namespace, name: 'i1', body: labelled('i1', { a: 'b' }) });
  await expect.poll(() => events, { timeout: 10_000 }).toContain('update i1');
  await core.deleteNamespacedConfigMap({ namespace, name: 'i1' });
  await expect.poll(() => events, { timeout: 10_000 }).toContain('delete i1');
  expect(informer.get('i1', namespace)).toBeUndefined();
  await informer.stop();
  await informer.start();
  await core.createNamespacedConfigMap({ namespace, body: labelled('i2') });
  await expect.poll(() => events, { timeout: 10_000 }).toContain('add i2');
  await informer.stop();
  expect(events).not.toContain('add not-mine');
  await expect
    .poll(() => lines(run.audited()), { timeout: 5000 })
    .toEqual(expect.arrayContaining(['watch /api/v1/namespaces/default/configmaps 200']));
});

test('exec over a WebSocket, with input and an exit code', async () => {
  run.audited();
  const exec = new k8s.Exec(config);
  const name = await podName();
  const stdout = collect();
  const stdin = new PassThrough();
  const status = promised<k8s.V1Status>();
  await exec.exec(
    NAMESPACE,
    name,
    'web',
    ['sh', '-c', 'read line; echo "got $line"; exit 3'],
    stdout.stream,
    null,
    stdin,
    false,
    status.resolve,
  );
  stdin.write('hello\n');
  expect(await status.promise).toMatchObject({
    status: 'Failure',
    details: { causes: [{ reason: 'ExitCode', message: '3' }] },
  });
  expect(stdout.text()).toBe('got hello\n');
  await expect
    .poll(() => protocolOf(run.audited()), { timeout: 5000 })
    .toEqual([expect.stringMatching(/^WebSocket v[45]\.channel\.k8s\.io$/)]);
});

test('port-forward over a WebSocket', async () => {
  run.audited();
  const forward = new k8s.PortForward(config);
  const output = collect();
  const input = new PassThrough();
  const socket = await forward.portForward(NAMESPACE, await podName(), [80], output.stream, null, input);
  input.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  await expect.poll(output.text, { timeout: 10_000 }).toMatch(/^HTTP\/1\.1 200 OK/);
  (socket as { close(): void }).close();
  await expect.poll(() => protocolOf(run.audited()), { timeout: 5000 }).toEqual(['WebSocket v4.channel.k8s.io']);
});

test('a log that is followed', async () => {
  const body: k8s.V1Pod = {
    metadata: { name: 'talker' },
    spec: {
      restartPolicy: 'Never',
      containers: [{ name: 'c', image: 'busybox', command: ['sh', '-c', 'echo one; sleep 5; echo two'] }],
    },
  };
  await core.createNamespacedPod({ namespace: NAMESPACE, body });
  await expect
    .poll(async () => (await core.readNamespacedPod({ namespace: NAMESPACE, name: 'talker' })).status?.phase, {
      timeout: 20_000,
    })
    .toMatch(/Running|Succeeded/);
  const output = collect();
  await new k8s.Log(config).log(NAMESPACE, 'talker', 'c', output.stream, { follow: true });
  await expect.poll(output.text, { timeout: 20_000 }).toBe('one\ntwo\n');
});

test('objects of any kind', async () => {
  const client = k8s.KubernetesObjectApi.makeApiClient(config);
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: NAMESPACE } };
  const deployment = (await client.read(object)) as k8s.V1Deployment;
  expect(deployment.spec?.replicas).toBe(1);
});

function collect() {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk) => (text += chunk));
  return { stream, text: () => text };
}

/** A promise, and how to keep it. */
function promised<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((keep) => {
    resolve = keep;
  });
  return { promise, resolve };
}
