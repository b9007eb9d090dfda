import { describe, expect, test } from 'vitest';
import { configMaps } from '../../../api/core-v1/config-map.ts';
import { type Pod, pods } from '../../../api/core-v1/pod.ts';
import { ADMIN, configMap, hookedServer, patching } from './testing/hooked-server.ts';

const add = (key: string, value: string) => patching({ op: 'add', path: `/data/${key}`, value });
const PODS = [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }];

test('a patch changes what is stored', () => {
  const server = hookedServer(() => add('by', 'hook'));
  server.mutating({});
  expect(server.create({ a: 'b' }).data).toEqual({ a: 'b', by: 'hook' });
  expect(server.store.get('configmaps', 'default', 'settings')).toMatchObject({ data: { a: 'b', by: 'hook' } });
});

test('each webhook sees what those before it have done, and validating ones what came of it', () => {
  const server = hookedServer(({ object }, { client }) =>
    client.url === 'https://last/' ? { allowed: true } : add(`n${Object.keys(object.data ?? {}).length}`, 'x'),
  );
  server.mutating({}, {});
  server.validating({ clientConfig: { url: 'https://last/' } });
  expect(server.create({ a: 'b' }).data).toEqual({ a: 'b', n1: 'x', n2: 'x' });
  expect(server.asked().at(-1).object.data).toEqual({ a: 'b', n1: 'x', n2: 'x' });
});

test('what only the server says stays as it says', () => {
  const server = hookedServer(() =>
    patching(
      { op: 'add', path: '/metadata/uid', value: 'mine' },
      { op: 'add', path: '/metadata/labels', value: { app: 'web' } },
    ),
  );
  server.create();
  server.mutating({});
  const { uid } = server.store.get('configmaps', 'default', 'settings')?.metadata ?? {};
  const updated = server.registry.update(configMaps, configMap({ a: 'b' }), ADMIN);
  expect(updated.metadata).toMatchObject({ uid, labels: { app: 'web' } });
});

test('what it adds gets its defaults, and is validated', () => {
  const container = { name: 'sidecar', image: 'busybox' };
  const server = hookedServer(() => patching({ op: 'add', path: '/spec/containers/-', value: container }));
  server.mutating({ rules: PODS });
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default' },
    spec: { containers: [{ name: 'web', image: 'nginx' }] },
  };
  const created = server.registry.create(pods, pod, ADMIN);
  // The second round of the plugins gives the sidecar its token.
  expect(created.spec.containers[1]).toMatchObject({ ...container, imagePullPolicy: 'Always', volumeMounts: [{}] });
  const again = { ...pod, metadata: { ...pod.metadata, name: 'sidecar' } };
  again.spec = { containers: [{ name: 'sidecar', image: 'nginx' }] };
  expect(() => server.registry.create(pods, again, ADMIN)).toThrow('spec.containers[1].name: Duplicate value');
});

describe('reinvocation', () => {
  test('who asks for it is asked again when a later one has changed something', () => {
    const server = hookedServer((_request, { client }) =>
      client.service?.name === 'late' ? add('late', 'yes') : { allowed: true },
    );
    const late = { clientConfig: { service: { namespace: 'hooks', name: 'late' } } };
    server.mutating({ reinvocationPolicy: 'IfNeeded' }, {}, late);
    server.create();
    expect(server.posts.map(({ client }) => client.service?.name)).toEqual(['hook', 'hook', 'late', 'hook']);
    expect(server.asked().at(-1).object.data).toEqual({ late: 'yes' });
  });

  test('nobody is when nothing has changed', () => {
    const server = hookedServer();
    server.mutating({ reinvocationPolicy: 'IfNeeded' }, {});
    server.create();
    expect(server.posts).toHaveLength(2);
  });
});

describe('what is no good patch', () => {
  const message = (answer: object, write = (server: ReturnType<typeof hookedServer>): unknown => server.create({})) => {
    const server = hookedServer(() => answer);
    server.mutating({});
    try {
      write(server);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  test('bad base64, no list, no type', () => {
    const failed = 'Internal error occurred: failed calling webhook "hook-0.example.com": ';
    const undecodable = `${failed}received undecodable patch in webhook response: `;
    expect(message({ allowed: true, patchType: 'JSONPatch', patch: '%%' })).toMatch(undecodable);
    expect(message({ allowed: true, patchType: 'JSONPatch', patch: btoa('{}') })).toBe(
      `${undecodable}json: cannot unmarshal object into Go value of type jsonpatch.Patch`,
    );
    expect(message({ allowed: true, patch: btoa('[]') })).toBe(
      `${failed}received invalid webhook response: webhook returned response.patch but not response.patchType`,
    );
    expect(message({ allowed: true, patchType: 'JSONPatch' })).toBe(
      `${failed}received invalid webhook response: webhook returned response.patchType but not response.patch`,
    );
  });

  test('one that does not fit', () => {
    expect(message(patching({ op: 'remove', path: '/data/nothing' }))).toMatch(/^Internal error occurred: /);
    expect(message(patching({ op: 'add', path: '/data', value: 'text' }))).toMatch(/^Internal error occurred: /);
  });

  test('one for what is going', () => {
    const answer = patching({ op: 'add', path: '/data', value: {} });
    const words = message(answer, ({ registry, store }) => {
      store.put('configmaps', configMap());
      registry.delete(configMaps, 'default', 'settings', ADMIN);
    });
    expect(words).toBe(
      'Internal error occurred: admission webhook "hook-0.example.com" attempted to modify the object, which is not supported for this operation',
    );
  });

  test('none at all', () => expect(message(patching())).toBe(''));
});
