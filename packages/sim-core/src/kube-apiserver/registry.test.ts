import { describe, expect, test } from 'vitest';
import { type Deployment, deployments } from '../api/apps-v1/deployment.ts';
import { type Job, jobs } from '../api/batch-v1/job.ts';
import { configMaps } from '../api/core-v1/config-map.ts';
import { namespaces } from '../api/core-v1/namespace.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { services } from '../api/core-v1/service.ts';
import { hasReason } from '../apimachinery/status-error.ts';
import { createTestServer } from './test-server.ts';

const user = { user: 'admin' };
const controller = { user: 'controller', trusted: true };

function pod(name: string, spec: Partial<Pod['spec']> = {}): Pod {
  const containers = [{ name: 'web', image: 'nginx:1.27' }];
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' }, spec: { containers, ...spec } };
}

function deployment(): Deployment {
  const labels = { app: 'web' };
  const template = { metadata: { labels }, spec: pod('x').spec };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: { selector: { matchLabels: labels }, template },
  };
}

const configMap = (name: string) =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' } }) as const;

describe('create', () => {
  test('the server sets what is its own and ignores what clients say of it', () => {
    const { registry } = createTestServer();
    const sent = deployment();
    Object.assign(sent.metadata, { uid: 'mine', creationTimestamp: '2001-01-01T00:00:00Z', generation: 7 });
    sent.status = { replicas: 3 };
    const { metadata, status } = registry.create(deployments, sent, user);
    expect(metadata).toMatchObject({ creationTimestamp: '2026-01-01T00:00:00Z', generation: 1 });
    expect(metadata.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(status).toEqual({});
    expect(sent.spec.replicas, 'the sent object is left alone').toBeUndefined();
  });

  test('generateName draws a name, and again while it is taken', () => {
    const { registry } = createTestServer();
    const names = Array.from({ length: 50 }, () => {
      const { metadata, ...rest } = pod('');
      return registry.create(pods, { ...rest, metadata: { ...metadata, name: '', generateName: 'web-' } }, controller)
        .metadata.name;
    });
    expect(new Set(names).size).toBe(50);
    for (const name of names) expect(name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  test('refusals', () => {
    const { registry } = createTestServer();
    registry.create(configMaps, configMap('a'), user);
    expect(() => registry.create(configMaps, configMap('a'), user)).toThrow('configmaps "a" already exists');
    expect(() => registry.create(configMaps, configMap(''), user)).toThrow(
      'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
    );
    const copied = { ...configMap('b'), metadata: { ...configMap('b').metadata, resourceVersion: '5' } };
    expect(() => registry.create(configMaps, copied, user)).toThrow(
      'resourceVersion should not be set on objects to be created',
    );
  });

  test('a dry run answers with the whole object and stores nothing', () => {
    const { registry, store } = createTestServer();
    const before = store.revision;
    const created = registry.create(
      services,
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web', namespace: 'default' },
        spec: { type: 'NodePort', ports: [{ port: 80 }] },
      },
      { user: 'admin', dryRun: true },
    );
    expect(created.spec.clusterIP).toMatch(/^10\.96\./);
    expect(created.spec.ports?.[0]?.nodePort).toBeGreaterThan(30000);
    expect(store.revision).toBe(before);
  });

  test('a Job selects its pods by its own uid', () => {
    const { registry } = createTestServer();
    const template = { spec: pod('x', { restartPolicy: 'Never' }).spec };
    const sent: Job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'pi', namespace: 'default' },
      spec: { template },
    };
    const { metadata, spec } = registry.create(jobs, sent, user);
    const uid = metadata.uid;
    expect(spec.selector).toEqual({ matchLabels: { 'batch.kubernetes.io/controller-uid': uid } });
    expect(spec.template.metadata?.labels).toEqual({
      'batch.kubernetes.io/controller-uid': uid,
      'batch.kubernetes.io/job-name': 'pi',
      'controller-uid': uid,
      'job-name': 'pi',
    });
    expect(spec).toMatchObject({ backoffLimit: 6, completions: 1, parallelism: 1, suspend: false });
  });

  test('pods of one template share what is stored already', () => {
    const { registry } = createTestServer();
    const { spec } = registry.create(deployments, deployment(), user).spec.template;
    const [a, b] = ['a', 'b'].map((name) => registry.create(pods, { ...pod(name), spec }, controller));
    expect(a?.spec.containers).toBe(b?.spec.containers);
    expect(a?.spec.containers[0]?.volumeMounts?.[0]?.name).toBe(a?.spec.volumes?.[0]?.name);
    expect(spec.volumes, 'the template stays as it was').toBeUndefined();
  });
});

describe('update', () => {
  test('generation counts changes of the spec, and for Deployments of the annotations', () => {
    const { registry } = createTestServer();
    const created = registry.create(deployments, deployment(), user);
    const labelled = { ...created, metadata: { ...created.metadata, labels: { a: 'b' } } };
    const first = registry.update(deployments, labelled, user);
    expect(first.metadata.generation).toBe(1);
    const scaled = registry.update(deployments, { ...first, spec: { ...first.spec, replicas: 3 } }, user);
    expect(scaled.metadata.generation).toBe(2);
    const noted = { ...scaled, metadata: { ...scaled.metadata, annotations: { note: 'x' } } };
    expect(registry.update(deployments, noted, user).metadata.generation).toBe(3);
  });

  test('status is a resource of its own; annotations may come with it', () => {
    const { registry } = createTestServer();
    const created = registry.create(deployments, deployment(), user);
    const ignored = registry.update(deployments, { ...created, status: { replicas: 9 } }, user);
    expect(ignored.status).toEqual({});
    const revision = { 'deployment.kubernetes.io/revision': '1' };
    const sent = { ...ignored, metadata: { ...ignored.metadata, annotations: revision }, status: { replicas: 1 } };
    const after = registry.updateStatus(deployments, { ...sent, spec: { ...sent.spec, replicas: 5 } });
    expect(after).toMatchObject({
      metadata: { annotations: revision, generation: 1 },
      spec: { replicas: 1 },
      status: { replicas: 1 },
    });
  });

  test('a write that changes nothing leaves the revision alone', () => {
    const { registry, store } = createTestServer();
    const created = registry.create(deployments, deployment(), user);
    const before = store.revision;
    expect(registry.update(deployments, { ...created }, user)).toBe(created);
    expect(store.revision).toBe(before);
  });

  test('an old resourceVersion, a changed selector', () => {
    const { registry } = createTestServer();
    const created = registry.create(deployments, deployment(), user);
    registry.update(deployments, { ...created, spec: { ...created.spec, replicas: 2 } }, user);
    expect(() => registry.update(deployments, created, user)).toThrow(
      'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
    );
    const other = deployment();
    other.spec.selector = { matchLabels: { app: 'other' } };
    other.spec.template.metadata = { labels: { app: 'other' } };
    expect(() => registry.update(deployments, other, user)).toThrow(
      'Deployment.apps "web" is invalid: spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"other"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable',
    );
  });
});

describe('delete', () => {
  test('a pod on a node gets its grace period; a second delete can only shorten it', () => {
    const { registry } = createTestServer();
    registry.create(pods, pod('web', { nodeName: 'node-1' }), user);
    const leaving = registry.delete(pods, 'default', 'web');
    expect(leaving?.metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:30Z',
      deletionGracePeriodSeconds: 30,
      generation: 2,
    });
    expect(registry.delete(pods, 'default', 'web')).toBe(leaving);
    expect(registry.delete(pods, 'default', 'web', { gracePeriodSeconds: 5 })?.metadata.deletionTimestamp).toBe(
      '2026-01-01T00:00:05Z',
    );
    expect(registry.delete(pods, 'default', 'web', { gracePeriodSeconds: 0 })).toBeUndefined();
  });

  test('a pod that was never scheduled goes at once', () => {
    const { registry } = createTestServer();
    registry.create(pods, pod('web'), user);
    expect(registry.delete(pods, 'default', 'web')).toBeUndefined();
  });

  test('finalizers hold an object until the last one is taken off', () => {
    const { registry, store } = createTestServer();
    const held = { ...configMap('a'), metadata: { ...configMap('a').metadata, finalizers: ['example.com/hold'] } };
    registry.create(configMaps, held, user);
    const leaving = registry.delete(configMaps, 'default', 'a');
    expect(leaving?.metadata.deletionTimestamp).toBeDefined();
    if (leaving === undefined) return;
    const added = {
      ...leaving,
      metadata: { ...leaving.metadata, finalizers: ['example.com/hold', 'example.com/more'] },
    };
    expect(() => registry.update(configMaps, added, user)).toThrow(
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/more"}',
    );
    registry.update(configMaps, { ...leaving, metadata: { ...leaving.metadata, finalizers: [] } }, user);
    expect(store.get(configMaps.resource, 'default', 'a')).toBeUndefined();
  });

  test('a namespace terminates, takes nothing new, and goes when it is finalized', () => {
    const { registry, store } = createTestServer();
    registry.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, user);
    const leaving = registry.delete(namespaces, '', 'shop');
    expect(leaving?.status?.phase).toBe('Terminating');
    const late = { ...configMap('a'), metadata: { name: 'a', namespace: 'shop' } };
    expect(() => registry.create(configMaps, late, user)).toThrow(
      'configmaps "a" is forbidden: unable to create new content in namespace shop because it is being terminated',
    );
    if (leaving === undefined) return;
    registry.update(namespaces, { ...leaving, spec: { finalizers: [] } }, user);
    expect(store.get(namespaces.resource, '', 'shop'), 'an update does not finalize').toBeDefined();
    registry.finalize(namespaces, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop' },
      spec: { finalizers: [] },
    });
    expect(store.get(namespaces.resource, '', 'shop')).toBeUndefined();
  });

  test('preconditions and what is not there', () => {
    const { registry } = createTestServer();
    const { metadata } = registry.create(configMaps, configMap('a'), user);
    expect(() => registry.delete(configMaps, 'default', 'a', { preconditions: { uid: 'x' } })).toThrow(
      `the UID in the precondition (x) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    );
    try {
      registry.delete(configMaps, 'default', 'b');
      expect.unreachable();
    } catch (error) {
      expect(hasReason(error, 'NotFound')).toBe(true);
    }
    expect(() => registry.delete(namespaces, '', 'default')).toThrow(
      'namespaces "default" is forbidden: this namespace may not be deleted',
    );
  });
});
