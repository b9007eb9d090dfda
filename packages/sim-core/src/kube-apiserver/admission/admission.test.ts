import { describe, expect, test } from 'vitest';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { serviceAccounts } from '../../api/core-v1/service-account.ts';
import { type Ingress, ingresses } from '../../api/networking-v1/ingress.ts';
import { ingressClasses } from '../../api/networking-v1/ingress-class.ts';
import { type PriorityClass, priorityClasses } from '../../api/scheduling-v1/priority-class.ts';
import { createTestServer } from '../test-server.ts';

const user = { user: 'admin' };

function pod(spec: Partial<Pod['spec']> = {}, namespace = 'default'): Pod {
  const containers = [{ name: 'web', image: 'nginx' }];
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace }, spec: { containers, ...spec } };
}

describe('pods', () => {
  test('get account, token, tolerations and priority', () => {
    const { spec } = createTestServer().registry.create(pods, pod(), user);
    const name = spec.volumes?.[0]?.name ?? '';
    expect(name).toMatch(/^kube-api-access-[a-z0-9]{5}$/);
    expect(spec).toMatchObject({
      serviceAccountName: 'default',
      serviceAccount: 'default',
      priority: 0,
      preemptionPolicy: 'PreemptLowerPriority',
      enableServiceLinks: true,
      containers: [
        { volumeMounts: [{ name, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }] },
      ],
    });
    expect(spec.tolerations?.map(({ key }) => key)).toEqual([
      'node.kubernetes.io/not-ready',
      'node.kubernetes.io/unreachable',
    ]);
  });

  test('no token where none is wanted; secrets of the account for images', () => {
    const { registry } = createTestServer();
    registry.create(
      serviceAccounts,
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'quiet', namespace: 'default' },
        automountServiceAccountToken: false,
        imagePullSecrets: [{ name: 'registry' }],
      },
      user,
    );
    const { spec } = registry.create(pods, pod({ serviceAccountName: 'quiet' }), user);
    expect(spec.volumes).toBeUndefined();
    expect(spec.imagePullSecrets).toEqual([{ name: 'registry' }]);
  });

  test.each([
    [
      { serviceAccountName: 'nobody' },
      'pods "web" is forbidden: error looking up service account default/nobody: serviceaccount "nobody" not found',
    ],
    [{ priorityClassName: 'high' }, 'pods "web" is forbidden: no PriorityClass with name high was found'],
    [
      { priority: 7 },
      'pods "web" is forbidden: the integer value of priority (7) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
    ],
  ])('%j', (spec, message) => {
    expect(() => createTestServer().registry.create(pods, pod(spec), user)).toThrow(message);
  });

  test('a generated name that is not there yet is told by its prefix', () => {
    const { metadata, ...rest } = pod({ serviceAccountName: 'nobody' });
    const unnamed = { ...rest, metadata: { ...metadata, name: '', generateName: 'web-545ccb95c6-' } };
    expect(() => createTestServer().registry.create(pods, unnamed, user)).toThrow(
      'pods "web-545ccb95c6-" is forbidden',
    );
  });

  test('a namespace that is not there', () => {
    expect(() => createTestServer().registry.create(pods, pod({}, 'nope'), user)).toThrow(
      'namespaces "nope" not found',
    );
  });
});

describe('the default IngressClass', () => {
  const ingress = (annotations: Record<string, string> = {}): Ingress => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace: 'default', annotations },
    spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
  });
  const server = (...names: string[]) => {
    const made = createTestServer();
    for (const name of names) {
      const annotations = { 'ingressclass.kubernetes.io/is-default-class': 'true' };
      const spec = { controller: 'example.com/x' };
      const object = {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'IngressClass',
        metadata: { name, annotations },
        spec,
      } as const;
      made.registry.create(ingressClasses, object, user);
    }
    return made.registry;
  };

  test('fills the field at creation; of two of the same age the first by name', () => {
    expect(server('z', 'a').create(ingresses, ingress(), user).spec.ingressClassName).toBe('a');
    expect(server().create(ingresses, ingress(), user).spec.ingressClassName).toBeUndefined();
  });

  test('keeps out where the old annotation stands', () => {
    const { spec } = server('a').create(ingresses, ingress({ 'kubernetes.io/ingress.class': 'nginx' }), user);
    expect(spec.ingressClassName).toBeUndefined();
  });
});

describe('priority classes', () => {
  const priorityClass = (name: string, value: number, globalDefault = false): PriorityClass => ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value,
    globalDefault,
  });

  test('give pods their number, the default one also where none is named', () => {
    const { registry } = createTestServer();
    registry.create(priorityClasses, priorityClass('high', 1000), user);
    registry.create(priorityClasses, { ...priorityClass('usual', 10, true), preemptionPolicy: 'Never' }, user);
    expect(registry.create(pods, pod({ priorityClassName: 'high' }), user).spec.priority).toBe(1000);
    const { metadata, ...rest } = pod();
    const { spec } = registry.create(pods, { ...rest, metadata: { ...metadata, name: 'other' } }, user);
    expect(spec).toMatchObject({ priorityClassName: 'usual', priority: 10, preemptionPolicy: 'Never' });
  });

  test.each([
    [
      priorityClass('second', 5, true),
      'priorityclasses.scheduling.k8s.io "second" is forbidden: PriorityClass usual is already marked as default. Only one default can exist',
    ],
    [
      priorityClass('huge', 2_000_000_000),
      'value: Forbidden: maximum allowed value of a user defined priority is 1000000000',
    ],
    [
      priorityClass('system-mine', 1),
      "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-mine is not a known system priority class",
    ],
  ])('$metadata.name is refused', (object, message) => {
    const { registry } = createTestServer();
    registry.create(priorityClasses, priorityClass('usual', 10, true), user);
    expect(() => registry.create(priorityClasses, object, user)).toThrow(message);
  });
});

test('a RuntimeClass has to be there', () => {
  expect(() => createTestServer().registry.create(pods, pod({ runtimeClassName: 'gvisor' }), user)).toThrow(
    'pods "web" is forbidden: pod rejected: RuntimeClass "gvisor" not found',
  );
});
