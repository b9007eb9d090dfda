import { describe, expect, test } from 'vitest';
import { replicaSets } from '../api/apps-v1/replica-set.ts';
import { type Node, nodes } from '../api/core-v1/node.ts';
import { type Pod, type PodSpec, pods } from '../api/core-v1/pod.ts';
import { findCondition } from '../apimachinery/condition.ts';
import { kubeControllers } from '../kube-controller-manager/index.ts';
import { newNode, newPod, newReplicaSet } from '../kube-controller-manager/test/objects.ts';
import { createWorld } from '../kube-controller-manager/test/world.ts';
import { schedulerController } from './scheduler.ts';

type NodeOptions = Parameters<typeof newNode>[1];

function start(options: Readonly<Record<string, NodeOptions>> = { node1: {}, node2: {}, node3: {} }) {
  const world = createWorld([...kubeControllers(), schedulerController()]);
  const addNode = (name: string, with_: NodeOptions = {}) => {
    world.client.create(nodes, newNode(name, with_));
    world.settle();
  };
  for (const [name, with_] of Object.entries(options)) addNode(name, with_);
  const get = (name: string) => world.client.get(pods, 'default', name) as Pod;
  const run = (name: string, spec: Partial<PodSpec> = {}) => {
    world.client.create(pods, newPod(name, { app: name }, spec));
    world.settle();
    return get(name).spec.nodeName;
  };
  const scheduled = (name: string) => findCondition(get(name).status?.conditions, 'PodScheduled');
  const changeNode = (name: string, spec: Node['spec']) => {
    const node = world.client.get(nodes, '', name) as Node;
    world.client.update(nodes, { ...node, spec: { ...node.spec, ...spec } });
    world.settle();
  };
  const perNode = () => {
    const counts: Record<string, number> = {};
    for (const { spec } of world.client.list(pods))
      counts[spec.nodeName ?? '-'] = (counts[spec.nodeName ?? '-'] ?? 0) + 1;
    return counts;
  };
  return { world, addNode, get, run, scheduled, changeNode, perNode };
}

const requesting = (cpu: string, memory = '1Mi'): Partial<PodSpec> => ({
  containers: [{ name: 'main', image: 'a', resources: { requests: { cpu, memory } } }],
});

describe('a pod that fits', () => {
  test('gets its node, a condition and an event', () => {
    const { run, scheduled, world } = start();
    expect(run('web')).toBe('node1');
    expect(scheduled('web')).toMatchObject({ status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' });
    expect(world.told('Scheduled')).toEqual(['Scheduled Successfully assigned default/web to node1']);
  });

  test('gets node and condition in one write, as a binding does', () => {
    const { run, world, get } = start();
    const writes: string[] = [];
    world.client.watch(pods, ({ type, object }) => writes.push(`${type} ${object.spec.nodeName}`));
    run('web');
    expect(writes).toEqual(['ADDED undefined', 'MODIFIED node1']);
    expect(get('web').metadata.generation).toBe(1);
  });

  test('keeps the node that it names itself', () => {
    const { run } = start();
    expect(run('pinned', { nodeName: 'node3' })).toBe('node3');
  });

  test('is spread: over nodes by controller, then to where less is taken', () => {
    const { run, world, perNode } = start();
    run('large', requesting('2'));
    world.client.create(replicaSets, newReplicaSet('web', { replicas: 6 }));
    world.settle();
    expect(perNode()).toEqual({ node1: 3, node2: 2, node3: 2 });
    expect(run('next')).toBe('node2');
  });

  test('goes the same way in the same cluster', () => {
    const place = () => {
      const { world } = start();
      world.client.create(replicaSets, newReplicaSet('web', { replicas: 20 }));
      world.settle();
      return world.client.list(pods).map(({ metadata, spec }) => `${metadata.name} ${spec.nodeName}`);
    };
    expect(place()).toEqual(place());
  });

  test('of another scheduler, or with gates, is left alone', () => {
    const { run } = start();
    expect(run('other', { schedulerName: 'mine' })).toBeUndefined();
    expect(run('gated', { schedulingGates: [{ name: 'wait' }] })).toBeUndefined();
  });
});

describe('a pod that fits nowhere', () => {
  test.each<[string, Readonly<Record<string, NodeOptions>>, Partial<PodSpec>, string]>([
    ['no nodes', {}, {}, 'no nodes available to schedule pods'],
    [
      'CPU',
      { node1: {}, node2: {}, node3: {} },
      requesting('5'),
      '0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
    ],
    [
      'CPU and memory',
      { node1: {}, node2: { allocatable: { cpu: '100' } } },
      requesting('5', '9Gi'),
      '0/2 nodes are available: 1 Insufficient cpu, 2 Insufficient memory. preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.',
    ],
    [
      'number of pods',
      { node1: { allocatable: { pods: '0' } } },
      {},
      '0/1 nodes are available: 1 Too many pods. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.',
    ],
    [
      'node selector',
      { node1: {}, node2: { labels: { disk: 'hdd' } } },
      { nodeSelector: { disk: 'ssd' } },
      "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
    ],
    [
      'taints and cordon, mixed with want of room',
      {
        node1: { spec: { taints: [{ key: 'gpu', value: 'a100', effect: 'NoSchedule' }] } },
        node2: { spec: { unschedulable: true } },
        node3: {},
      },
      requesting('5'),
      '0/3 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {gpu: a100}, 1 node(s) were unschedulable. preemption: 0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.',
    ],
    [
      'a node that is not ready',
      { node1: { ready: 'False' } },
      {},
      '0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/not-ready: }. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
    ],
  ])('says why: %s', (_what, cluster, spec, message) => {
    const { run, scheduled, world } = start(cluster);
    expect(run('web', spec)).toBeUndefined();
    expect(scheduled('web')).toMatchObject({ status: 'False', reason: 'Unschedulable', message });
    expect(world.told('FailedScheduling')).toEqual([`FailedScheduling ${message}`]);
  });

  test('is told once, and placed as soon as a node has room', () => {
    const { run, get, world, addNode } = start({ node1: {} });
    run('first', requesting('3'));
    expect(run('second', requesting('3'))).toBeUndefined();
    run('small', requesting('1m'));
    expect(world.told('FailedScheduling')).toHaveLength(1);
    world.client.delete(pods, 'default', 'first', { gracePeriodSeconds: 0 });
    world.settle();
    expect(get('second').spec.nodeName).toBe('node1');
    expect(run('third', requesting('3'))).toBeUndefined();
    addNode('node2');
    expect(get('third').spec.nodeName).toBe('node2');
  });

  test('is placed when a pod has ended, a node is uncordoned, or a taint goes', () => {
    const { run, get, world, changeNode } = start({ node1: {} });
    run('job', requesting('4'));
    run('a', requesting('1'));
    world.client.updateStatus(pods, { ...get('job'), status: { phase: 'Succeeded' } });
    world.settle();
    expect(get('a').spec.nodeName).toBe('node1');
    changeNode('node1', { unschedulable: true });
    run('b');
    changeNode('node1', { unschedulable: false, taints: [{ key: 'x', effect: 'NoSchedule' }] });
    expect(get('b').spec.nodeName).toBeUndefined();
    changeNode('node1', { taints: [] });
    expect(get('b').spec.nodeName).toBe('node1');
  });
});

describe('what a pod asks for', () => {
  test('is summed over containers; init containers count with their largest', () => {
    const { run } = start({ node1: {} });
    const containers = ['1', '1500m'].map((cpu, i) => ({
      name: `c${i}`,
      image: 'a',
      resources: { requests: { cpu } },
    }));
    const initContainers = [{ name: 'init', image: 'a', resources: { requests: { cpu: '4' } } }];
    expect(run('fits', { containers, initContainers })).toBe('node1');
    expect(run('init-too-large', { initContainers, containers: [{ name: 'c', image: 'a' }] })).toBeUndefined();
    expect(run('rest', requesting('0'))).toBe('node1');
  });

  test('a port of the node is taken once per node', () => {
    const { run, scheduled } = start({ node1: {}, node2: {} });
    const spec = { containers: [{ name: 'main', image: 'a', ports: [{ containerPort: 80, hostPort: 80 }] }] };
    expect([run('a', spec), run('b', spec), run('c', spec)]).toEqual(['node1', 'node2', undefined]);
    expect(scheduled('c')?.message).toContain("2 node(s) didn't have free ports for the requested pod ports");
  });

  test('tolerations open tainted and cordoned nodes', () => {
    const { run } = start({
      node1: { spec: { taints: [{ key: 'gpu', effect: 'NoSchedule' }] } },
      node2: { spec: { unschedulable: true } },
    });
    expect(run('gpu', { tolerations: [{ key: 'gpu', operator: 'Exists' }] })).toBe('node1');
    expect(
      run('daemon', {
        tolerations: [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' }],
      }),
    ).toBe('node2');
  });

  test.each([
    ['In', ['a', 'b'], 'node1'],
    ['NotIn', ['a'], 'node2'],
    ['Exists', [], 'node1'],
    ['DoesNotExist', [], 'node2'],
    ['Gt', ['5'], undefined],
  ])('required node affinity: zone %s %j', (operator, values, expected) => {
    const { run } = start({ node1: { labels: { zone: 'a' } }, node2: {} });
    const matchExpressions = [{ key: 'zone', operator, values }];
    const nodeAffinity = {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
    };
    expect(run('web', { affinity: { nodeAffinity } })).toBe(expected);
  });

  test('node affinity knows numbers, field names and alternatives', () => {
    const { run } = start({ node1: { labels: { cores: '4' } }, node2: { labels: { cores: '16' } } });
    const terms = (...nodeSelectorTerms: object[]) => ({
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
    });
    expect(run('many', terms({ matchExpressions: [{ key: 'cores', operator: 'Gt', values: ['8'] }] }))).toBe('node2');
    expect(run('named', terms({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node1'] }] }))).toBe(
      'node1',
    );
    expect(run('either', terms({}, { matchExpressions: [{ key: 'cores', operator: 'Lt', values: ['8'] }] }))).toBe(
      'node1',
    );
  });
});

describe('the scheduler’s picture', () => {
  test('is right for pods that were there before it', () => {
    const world = createWorld([]);
    world.client.create(nodes, newNode('node1'));
    world.client.create(pods, newPod('old', {}, { ...requesting('3'), nodeName: 'node1' }));
    world.client.create(pods, newPod('new', {}, requesting('2')));
    world.manager.add(schedulerController());
    world.settle();
    expect(world.client.get(pods, 'default', 'new')?.spec.nodeName).toBeUndefined();
    expect(world.told('FailedScheduling')[0]).toContain('1 Insufficient cpu');
  });

  test('stays right when the same pods come and go many times', () => {
    const { run, world } = start({ node1: {} });
    for (let i = 0; i < 20; i++) {
      expect(run(`pod-${i}`, requesting('4'))).toBe('node1');
      world.client.delete(pods, 'default', `pod-${i}`, { gracePeriodSeconds: 0 });
      world.settle();
    }
  });
});

test('a delay passes before a pod gets its node', () => {
  const world = createWorld([schedulerController(() => 2000)]);
  world.client.create(nodes, newNode('node1', {}));
  world.client.create(pods, newPod('slow', { app: 'slow' }, {}));
  world.settle();
  const node = () => world.client.get(pods, 'default', 'slow')?.spec.nodeName;
  world.advance(1000);
  expect(node()).toBeUndefined();
  world.advance(1000);
  expect(node()).toBe('node1');
});
