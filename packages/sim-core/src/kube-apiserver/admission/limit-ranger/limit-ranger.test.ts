import { describe, expect, test } from 'vitest';
import { type LimitRangeItem, limitRanges } from '../../../api/core-v1/limit-range.ts';
import { persistentVolumeClaims } from '../../../api/core-v1/persistent-volume-claim.ts';
import { type Container, type Pod, pods } from '../../../api/core-v1/pod.ts';
import { createTestServer } from '../../test-server.ts';

const user = { user: 'admin' };

function start(...limits: LimitRangeItem[]) {
  const { registry } = createTestServer();
  const metadata = { name: 'limits', namespace: 'default' };
  const range = registry.create(
    limitRanges,
    { apiVersion: 'v1', kind: 'LimitRange', metadata, spec: { limits } },
    user,
  );
  const create = (resources: Container['resources'], more: Partial<Pod['spec']> = {}): Pod => {
    const containers = [{ name: 'web', image: 'nginx', ...(resources && { resources }) }];
    return registry.create(
      pods,
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'default' }, spec: { containers, ...more } },
      user,
    );
  };
  return { registry, range, create };
}

test('the maximum is the default limit, and the limit the default request', () => {
  const { range } = start({ type: 'Container', max: { cpu: '1' }, default: { memory: '512Mi' }, min: { cpu: '100m' } });
  expect(range.spec?.limits).toEqual([
    {
      type: 'Container',
      max: { cpu: '1' },
      min: { cpu: '100m' },
      default: { cpu: '1', memory: '512Mi' },
      defaultRequest: { cpu: '1', memory: '512Mi' },
    },
  ]);
});

test('containers get what they do not name, and the pod says so', () => {
  const { create } = start({
    type: 'Container',
    default: { cpu: '500m', memory: '512Mi' },
    defaultRequest: { cpu: '250m', memory: '256Mi' },
  });
  const pod = create({ requests: { cpu: '100m' } }, { initContainers: [{ name: 'init', image: 'busybox' }] });
  expect(pod.spec.containers[0]?.resources).toEqual({
    limits: { cpu: '500m', memory: '512Mi' },
    requests: { cpu: '100m', memory: '256Mi' },
  });
  expect(pod.metadata.annotations).toEqual({
    'kubernetes.io/limit-ranger':
      'LimitRanger plugin set: memory request for container web; cpu, memory limit for container web; cpu, memory request for init container init; cpu, memory limit for init container init',
  });
  expect(pod.status?.qosClass).toBe('Burstable');
});

describe('what is refused', () => {
  const container = (item: Omit<LimitRangeItem, 'type'>): LimitRangeItem => ({ type: 'Container', ...item });
  test.each([
    [
      container({ max: { cpu: '500m' } }),
      { limits: { cpu: '1' } },
      'maximum cpu usage per Container is 500m, but limit is 1',
    ],
    [
      container({ min: { memory: '1Gi' } }),
      { requests: { memory: '100Mi' } },
      'minimum memory usage per Container is 1Gi, but request is 100Mi',
    ],
    [{ type: 'Pod', max: { cpu: '1' } }, undefined, 'maximum cpu usage per Pod is 1.  No limit is specified'],
    [
      container({ maxLimitRequestRatio: { cpu: '2' } }),
      { requests: { cpu: '100m' }, limits: { cpu: '500m' } },
      'cpu max limit to request ratio per Container is 2, but provided ratio is 5.000000',
    ],
    [
      container({ max: { cpu: '500m', memory: '1Gi' } }),
      { limits: { cpu: '1', memory: '2Gi' } },
      '[maximum cpu usage per Container is 500m, but limit is 1, maximum memory usage per Container is 1Gi, but limit is 2Gi]',
    ],
  ])('%j', (item, resources, message) => {
    expect(() => start(item).create(resources)).toThrow(`pods "web" is forbidden: ${message}`);
  });

  test('claims', () => {
    const { registry } = start({ type: 'PersistentVolumeClaim', max: { storage: '1Gi' } });
    const claim = (storage: string) => () =>
      registry.create(
        persistentVolumeClaims,
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'data', namespace: 'default' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
        },
        user,
      );
    expect(claim('2Gi')).toThrow(
      'persistentvolumeclaims "data" is forbidden: maximum storage usage per PersistentVolumeClaim is 1Gi, but request is 2Gi',
    );
    expect(claim('1Gi')).not.toThrow();
  });

  test('a LimitRange that contradicts itself', () => {
    expect(() => start({ type: 'Container', min: { cpu: '2' }, max: { cpu: '1' } })).toThrow(
      'spec.limits[0].min[cpu]: Invalid value: resource.Quantity{i:resource.int64Amount{value:2, scale:0}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"2", Format:"DecimalSI"}: min value 2 is greater than max value 1',
    );
  });
});
