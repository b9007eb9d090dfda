import { describe, expect, test } from 'vitest';
import { deployments } from '../api/apps-v1/deployment.ts';
import { type Node, nodes } from '../api/core-v1/node.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { services } from '../api/core-v1/service.ts';
import { endpointSlices } from '../api/discovery-v1/endpoint-slice.ts';
import { formatTime } from '../sim/clock.ts';
import { kubeControllers } from './index.ts';
import { isPodActive, isPodReady } from './pod-util.ts';
import { newDeployment, newNode, newPod, newService } from './test/objects.ts';
import { ScriptedKubelet } from './test/scripted-kubelet.ts';
import { createWorld } from './test/world.ts';

function start() {
  const world = createWorld(kubeControllers());
  const kubelet = new ScriptedKubelet(world);
  world.client.create(nodes, newNode('node1'));
  const node = () => world.client.get(nodes, '', 'node1') as Node;
  const setReady = (status: 'True' | 'False' | 'Unknown') => {
    const conditions = [{ type: 'Ready', status, lastTransitionTime: formatTime(world.clock.now()) }];
    world.client.updateStatus(nodes, { ...node(), status: { ...node().status, conditions } });
    world.settle();
  };
  const taints = () => (node().spec?.taints ?? []).map(({ key, effect }) => `${key}:${effect}`);
  setReady('True');
  return { world, kubelet, node, setReady, taints };
}

describe('a node', () => {
  test('that is not ready is tainted, and cleared again', () => {
    const { setReady, taints, world } = start();
    setReady('False');
    expect(taints()).toEqual(['node.kubernetes.io/not-ready:NoSchedule', 'node.kubernetes.io/not-ready:NoExecute']);
    setReady('Unknown');
    expect(taints()).toEqual(['node.kubernetes.io/unreachable:NoSchedule', 'node.kubernetes.io/unreachable:NoExecute']);
    setReady('True');
    expect(taints()).toEqual([]);
    expect(world.told('NodeNotReady')[0]).toBe('NodeNotReady Node node1 status is now: NodeNotReady');
  });

  test('that is cordoned is tainted, and foreign taints stay', () => {
    const { node, taints, world } = start();
    world.client.update(nodes, {
      ...node(),
      spec: { unschedulable: true, taints: [{ key: 'gpu', effect: 'NoSchedule' }] },
    });
    world.settle();
    expect(taints()).toEqual(['gpu:NoSchedule', 'node.kubernetes.io/unschedulable:NoSchedule']);
    world.client.update(nodes, { ...node(), spec: { ...node().spec, unschedulable: false } });
    world.settle();
    expect(taints()).toEqual(['gpu:NoSchedule']);
  });

  test('that is not ready takes its pods out of their Services at once, and loses them after five minutes', () => {
    const { world, kubelet, setReady } = start();
    world.client.create(deployments, newDeployment('web', { replicas: 2 }));
    world.client.create(services, newService('web'));
    world.settle();
    kubelet.untilQuiet();
    const first = world.client.list(pods);
    setReady('False');
    expect(world.client.list(pods).some(isPodReady)).toBe(false);
    expect(
      world.client
        .list(endpointSlices)
        .at(-1)
        ?.endpoints.map(({ conditions }) => conditions?.ready),
    ).toEqual([false, false]);
    world.advance(299_000);
    expect(world.client.list(pods).filter(isPodActive)).toHaveLength(2);
    world.advance(1000);
    expect(
      first.every(({ metadata }) => world.client.get(pods, 'default', metadata.name)?.metadata.deletionTimestamp),
    ).toBe(true);
    expect(world.client.list(pods).filter(isPodActive)).toHaveLength(2);
    expect(world.told('TaintManagerEviction')).toHaveLength(2);
  });
});

describe('NoExecute taints', () => {
  test('evict what does not tolerate them, later what does so for a time, never what does so forever', () => {
    const { world, kubelet, node } = start();
    const key = 'maintenance';
    world.client.create(pods, newPod('none', {}, { tolerations: [] }));
    world.client.create(
      pods,
      newPod('brief', {}, { tolerations: [{ key, operator: 'Exists', tolerationSeconds: 60 }] }),
    );
    world.client.create(
      pods,
      newPod('forever', {}, { tolerations: [{ key, operator: 'Equal', value: 'yes', effect: 'NoExecute' }] }),
    );
    kubelet.run(3);
    world.client.update(nodes, { ...node(), spec: { taints: [{ key, value: 'yes', effect: 'NoExecute' }] } });
    world.settle();
    const living = () =>
      world.client
        .list(pods)
        .filter(isPodActive)
        .map(({ metadata }) => metadata.name);
    expect(living()).toEqual(['brief', 'forever']);
    world.advance(60_000);
    expect(living()).toEqual(['forever']);
    expect(world.told('TaintManagerEviction')[0]).toBe('TaintManagerEviction Marking for deletion Pod default/none');
  });
});

describe('a node that was deleted', () => {
  test('takes its pods along after 40 s', () => {
    const { world, kubelet } = start();
    world.client.create(pods, newPod('lost'));
    kubelet.run(1);
    world.client.delete(nodes, '', 'node1');
    world.settle();
    world.advance(39_000);
    expect((world.client.get(pods, 'default', 'lost') as Pod).metadata.deletionTimestamp).toBeUndefined();
    world.advance(1000);
    expect(world.client.get(pods, 'default', 'lost')).toBeUndefined();
  });
});
