import { describe, expect, test } from 'vitest';
import { controllerRevisions } from '../../api/apps-v1/controller-revision.ts';
import { type DaemonSet, type DaemonSetSpec, daemonSets } from '../../api/apps-v1/daemon-set.ts';
import { type Node, nodes } from '../../api/core-v1/node.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { newDaemonSet, newNode, podTemplate } from '../test/objects.ts';
import { ScriptedKubelet } from '../test/scripted-kubelet.ts';
import { createWorld } from '../test/world.ts';
import { daemonSetController } from './daemonset.ts';
import { targetNode } from './node-pods.ts';

function start(spec: Partial<DaemonSetSpec> = {}, count = 3) {
  const world = createWorld([daemonSetController()]);
  const kubelet = new ScriptedKubelet(world);
  for (let i = 1; i <= count; i++)
    world.client.create(nodes, newNode(`n${i}`, { labels: i === 1 ? { disk: 'ssd' } : {} }));
  world.client.create(daemonSets, newDaemonSet('agent', spec));
  world.settle();
  const get = () => world.client.get(daemonSets, 'default', 'agent') as DaemonSet;
  const change = (changed: Partial<DaemonSetSpec>) => {
    world.client.update(daemonSets, { ...get(), spec: { ...get().spec, ...changed } });
    world.settle();
  };
  const node = (name: string, changed: Partial<NonNullable<Node['spec']>>) => {
    const old = world.client.get(nodes, '', name) as Node;
    world.client.update(nodes, { ...old, spec: { ...old.spec, ...changed } });
    world.settle();
  };
  const list = () => world.client.list(pods);
  const places = () =>
    list()
      .map((pod) => targetNode(pod))
      .sort();
  const images = () =>
    list()
      .map(({ spec: { containers } }) => containers[0]?.image)
      .sort();
  return { world, kubelet, get, change, node, list, places, images };
}

const taint = (effect: string) => ({ taints: [{ key: 'dedicated', value: 'gpu', effect }] });
const v2 = { template: podTemplate('agent', 'agent:2') };

describe('a DaemonSet', () => {
  test('has one pod on every node, which the scheduler puts there', () => {
    const { world, kubelet, list, get } = start();
    const [pod] = list() as [Pod];
    expect(list()).toHaveLength(3);
    expect(pod.metadata).toMatchObject({
      generateName: 'agent-',
      labels: { app: 'agent', 'pod-template-generation': '1' },
    });
    expect(pod.spec.nodeName).toBeUndefined();
    expect(pod.spec.affinity).toEqual({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] }],
        },
      },
    });
    expect(pod.spec.tolerations?.map(({ key }) => key)).toEqual([
      'node.kubernetes.io/not-ready',
      'node.kubernetes.io/unreachable',
      'node.kubernetes.io/disk-pressure',
      'node.kubernetes.io/memory-pressure',
      'node.kubernetes.io/pid-pressure',
      'node.kubernetes.io/unschedulable',
    ]);
    expect(get().status).toEqual({
      currentNumberScheduled: 3,
      numberMisscheduled: 0,
      desiredNumberScheduled: 3,
      numberReady: 0,
      observedGeneration: 1,
      updatedNumberScheduled: 3,
      numberUnavailable: 3,
    });
    kubelet.untilQuiet();
    expect(get().status).toMatchObject({ numberReady: 3, numberAvailable: 3 });
    expect(get().status?.numberUnavailable).toBeUndefined();
    expect(world.told('SuccessfulCreate')).toHaveLength(3);
    expect(world.client.list(controllerRevisions)).toMatchObject([{ revision: 1 }]);
  });

  test('follows nodes that come, change and go', () => {
    const { world, kubelet, places, node } = start();
    kubelet.untilQuiet();
    world.client.create(nodes, newNode('n4'));
    world.settle();
    expect(places()).toEqual(['n1', 'n2', 'n3', 'n4']);
    node('n2', { unschedulable: true, taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }] });
    world.client.delete(
      pods,
      'default',
      world.client.list(pods).find((pod) => targetNode(pod) === 'n2')?.metadata.name ?? '',
    );
    kubelet.untilQuiet();
    expect(places()).toEqual(['n1', 'n2', 'n3', 'n4']);
    world.client.create(nodes, newNode('n5'));
    world.settle();
    expect(places()).toContain('n5');
    // Its pod was never put there, so nobody else would take it away.
    world.client.delete(nodes, '', 'n5');
    world.settle();
    expect(places()).toEqual(['n1', 'n2', 'n3', 'n4']);
  });

  test('keeps away from taints: NoSchedule lets a pod stay, NoExecute does not', () => {
    const { kubelet, places, node, get } = start();
    kubelet.untilQuiet();
    node('n3', taint('NoSchedule'));
    kubelet.untilQuiet();
    expect(places()).toEqual(['n1', 'n2', 'n3']);
    expect(get().status).toMatchObject({ desiredNumberScheduled: 2, numberMisscheduled: 1 });
    node('n3', taint('NoExecute'));
    kubelet.untilQuiet();
    expect(places()).toEqual(['n1', 'n2']);
    expect(get().status).toMatchObject({ desiredNumberScheduled: 2, numberMisscheduled: 0 });
  });

  test('goes only where its nodeSelector leads', () => {
    const template = podTemplate('agent');
    const { places } = start({ template: { ...template, spec: { ...template.spec, nodeSelector: { disk: 'ssd' } } } });
    expect(places()).toEqual(['n1']);
  });

  test('replaces a failed pod, the next time later', () => {
    const { world, kubelet, list, places } = start({}, 1);
    kubelet.end(list()[0] as Pod, 'Failed');
    expect(world.told('FailedDaemonPod')[0]).toMatch(
      /^FailedDaemonPod Found failed daemon pod default\/agent-\w{5} on node n1, will try to kill it$/,
    );
    kubelet.end(list().find(({ status }) => status?.phase === 'Pending') as Pod, 'Failed');
    expect(world.told('FailedDaemonPod')).toHaveLength(1);
    world.advance(2000);
    kubelet.untilQuiet();
    expect(world.told('FailedDaemonPod')).toHaveLength(2);
    expect(places()).toEqual(['n1']);
  });
});

describe('an update', () => {
  test('replaces one pod after the other', () => {
    const { world, kubelet, change, images, list, get } = start();
    kubelet.untilQuiet();
    change(v2);
    const leaving = () => list().filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
    expect(leaving()).toHaveLength(1);
    kubelet.remove();
    expect(images()).toEqual(['agent:1', 'agent:1', 'agent:2']);
    expect(leaving()).toHaveLength(0);
    kubelet.untilQuiet();
    expect(images()).toEqual(['agent:2', 'agent:2', 'agent:2']);
    expect(get().status).toMatchObject({ updatedNumberScheduled: 3, numberAvailable: 3 });
    expect(get().metadata.annotations).toEqual({ 'deprecated.daemonset.template.generation': '2' });
    expect(world.client.list(controllerRevisions).map(({ revision }) => revision)).toEqual([1, 2]);
  });

  test('back to what was takes up the old revision', () => {
    const { world, kubelet, change } = start();
    change(v2);
    kubelet.untilQuiet();
    change({ template: podTemplate('agent') });
    kubelet.untilQuiet();
    expect(world.client.list(controllerRevisions).map(({ revision }) => revision)).toEqual([3, 2]);
  });

  test('with maxSurge a new pod comes before the old one goes', () => {
    const updateStrategy = { type: 'RollingUpdate' as const, rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } };
    const { kubelet, change, images } = start({ updateStrategy });
    kubelet.untilQuiet();
    change(v2);
    expect(images()).toEqual(['agent:1', 'agent:1', 'agent:1', 'agent:2']);
    kubelet.untilQuiet();
    expect(images()).toEqual(['agent:2', 'agent:2', 'agent:2']);
  });

  test('OnDelete waits for somebody to delete pods', () => {
    const { world, kubelet, change, images, list } = start({ updateStrategy: { type: 'OnDelete' } });
    kubelet.untilQuiet();
    change(v2);
    kubelet.untilQuiet();
    expect(images()).toEqual(['agent:1', 'agent:1', 'agent:1']);
    world.client.delete(pods, 'default', list()[0]?.metadata.name ?? '');
    kubelet.untilQuiet();
    expect(images()).toEqual(['agent:1', 'agent:1', 'agent:2']);
  });
});
