import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deployments } from '../../api/apps-v1/deployment.ts';
import { configMaps } from '../../api/core-v1/config-map.ts';
import { type Container, type Pod, pods } from '../../api/core-v1/pod.ts';
import { type ResourceQuota, resourceQuotas } from '../../api/core-v1/resource-quota.ts';
import { services } from '../../api/core-v1/service.ts';
import { formatQuantity } from '../../apimachinery/quantity.ts';
import { addAmounts, parseAmounts } from '../../apimachinery/resource-list.ts';
import { StatusError } from '../../apimachinery/status-error.ts';
import { kubeControllers } from '../index.ts';
import { newDeployment, newPod, newService } from '../test/objects.ts';
import { createWorld } from '../test/world.ts';

function start(spec: ResourceQuota['spec'], name = 'compute') {
  const world = createWorld(kubeControllers());
  const create = (quotaName: string, quotaSpec: ResourceQuota['spec']) => {
    world.client.create(resourceQuotas, {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: quotaName, namespace: 'default' },
      ...(quotaSpec && { spec: quotaSpec }),
    });
    world.settle();
  };
  create(name, spec);
  const status = (of = name) => world.client.get(resourceQuotas, 'default', of)?.status;
  return { world, status, create };
}

const asking = (resources: Container['resources']): Partial<Pod['spec']> => ({
  containers: [{ name: 'web', image: 'nginx', ...(resources && { resources }) }],
});

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof StatusError) return error.message;
    throw error;
  }
  return '';
}

describe('a quota', () => {
  test('counts what is there, from nothing on', () => {
    const { world, status } = start({ hard: { pods: '2', 'requests.cpu': '1', 'count/deployments.apps': '1' } });
    expect(status()).toEqual({
      hard: { pods: '2', 'requests.cpu': '1', 'count/deployments.apps': '1' },
      used: { pods: '0', 'requests.cpu': '0', 'count/deployments.apps': '0' },
    });
    world.client.create(pods, newPod('a', {}, asking({ requests: { cpu: '300m' } })));
    expect(status()?.used, 'before the controller looks').toMatchObject({ pods: '1', 'requests.cpu': '300m' });
    world.client.delete(pods, 'default', 'a');
    world.settle();
    expect(status()?.used).toMatchObject({ pods: '0', 'requests.cpu': '0' });
  });

  test('refuses what is too much', () => {
    const { world } = start({ hard: { pods: '2', 'requests.cpu': '1', 'limits.memory': '1Gi' } });
    const create = (name: string, resources?: Container['resources']) =>
      refusal(() => world.client.create(pods, newPod(name, {}, asking(resources))));
    expect(create('a')).toBe(
      'pods "a" is forbidden: failed quota: compute: must specify limits.memory for: web; requests.cpu for: web',
    );
    const fits = { requests: { cpu: '400m' }, limits: { memory: '100Mi' } };
    expect(create('a', fits)).toBe('');
    expect(create('b', { requests: { cpu: '700m' }, limits: { memory: '2Gi' } })).toBe(
      'pods "b" is forbidden: exceeded quota: compute, requested: limits.memory=2Gi,requests.cpu=700m, used: limits.memory=100Mi,requests.cpu=400m, limited: limits.memory=1Gi,requests.cpu=1',
    );
    expect(create('b', fits)).toBe('');
    expect(create('c', fits)).toBe(
      'pods "c" is forbidden: exceeded quota: compute, requested: pods=1,requests.cpu=400m, used: pods=2,requests.cpu=800m, limited: pods=2,requests.cpu=1',
    );
  });

  test('of services counts their node ports and load balancers, also when they change', () => {
    const { world, status } = start({ hard: { 'services.nodeports': '1', 'services.loadbalancers': '0' } }, 'ports');
    const service = world.client.create(services, newService('web', { type: 'NodePort' }));
    expect(refusal(() => world.client.create(services, newService('api', { type: 'NodePort' })))).toBe(
      'services "api" is forbidden: exceeded quota: ports, requested: services.nodeports=1, used: services.nodeports=1, limited: services.nodeports=1',
    );
    const balanced = { ...service, spec: { ...service.spec, type: 'LoadBalancer' as const } };
    expect(refusal(() => world.client.update(services, balanced))).toContain('requested: services.loadbalancers=1');
    world.client.update(services, { ...service, spec: { ...service.spec, type: 'ClusterIP' } });
    world.settle();
    expect(status()?.used).toEqual({ 'services.nodeports': '0', 'services.loadbalancers': '0' });
  });

  test('only counts pods in its scopes', () => {
    const { world, status, create } = start({ hard: { pods: '5' }, scopes: ['BestEffort'] }, 'best');
    create('high', {
      hard: { pods: '5' },
      scopeSelector: {
        matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['system-node-critical'] }],
      },
    });
    world.client.create(pods, newPod('a'));
    world.client.create(pods, newPod('b', {}, asking({ requests: { cpu: '1' } })));
    world.client.create(pods, newPod('c', {}, { ...asking(undefined), priorityClassName: 'system-node-critical' }));
    world.settle();
    expect(status('best')?.used).toEqual({ pods: '2' });
    expect(status('high')?.used).toEqual({ pods: '1' });
  });

  test('a ReplicaSet that meets it says so, and a Deployment too', () => {
    const { world, status } = start({ hard: { pods: '2' } });
    world.client.create(deployments, newDeployment('web', { replicas: 3 }));
    world.settle();
    expect(status()?.used).toEqual({ pods: '2' });
    expect(world.told('FailedCreate')[0]).toMatch(
      /^FailedCreate Error creating: pods "web-[a-z0-9]+-[a-z0-9]{5}" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=2, limited: pods=2$/,
    );
    const conditions = world.client.get(deployments, 'default', 'web')?.status?.conditions ?? [];
    expect(conditions.find(({ type }) => type === 'ReplicaFailure')).toMatchObject({
      status: 'True',
      reason: 'FailedCreate',
      message: expect.stringContaining('exceeded quota: compute'),
    });
  });
});

test('whatever is created, changed and deleted: used is the sum of what is there, and never more than hard', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('pod' as const), name: fc.nat(6), cpu: fc.integer({ min: 0, max: 900 }) }),
    fc.record({ do: fc.constant('config' as const), name: fc.nat(4) }),
    fc.record({ do: fc.constant('delete' as const), name: fc.nat(6) }),
    fc.record({ do: fc.constant('settle' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const hard = { pods: '4', 'requests.cpu': '2', configmaps: '3' };
      const { world, status } = start({ hard });
      for (const each of steps) {
        if (each.do === 'pod')
          refusal(() =>
            world.client.create(pods, newPod(`p${each.name}`, {}, asking({ requests: { cpu: `${each.cpu}m` } }))),
          );
        else if (each.do === 'config')
          refusal(() =>
            world.client.create(configMaps, {
              apiVersion: 'v1',
              kind: 'ConfigMap',
              metadata: { name: `c${each.name}`, namespace: 'default' },
            }),
          );
        else if (each.do === 'delete') world.client.delete(pods, 'default', `p${each.name}`);
        else world.settle();
      }
      world.settle();
      const all = world.client.list(pods, 'default');
      const sum = all.reduce(
        (total, { spec }) => addAmounts(total, parseAmounts(spec.containers[0]?.resources?.requests)),
        parseAmounts({ cpu: '0' }),
      );
      const used = status()?.used;
      expect(used).toEqual({
        pods: String(all.length),
        'requests.cpu': formatQuantity(sum.cpu ?? { nanos: 0n, format: 'DecimalSI' }),
        configmaps: String(world.client.list(configMaps, 'default').length),
      });
      for (const [name, limit] of Object.entries(parseAmounts(hard))) {
        expect(parseAmounts(used)[name]?.nanos).toBeLessThanOrEqual(limit.nanos);
      }
    }),
    { numRuns: 60 },
  );
});
