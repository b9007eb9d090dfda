import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DaemonSet, daemonSets } from '../api/apps-v1/daemon-set.ts';
import { type StatefulSet, statefulSets } from '../api/apps-v1/stateful-set.ts';
import { nodes } from '../api/core-v1/node.ts';
import { pods } from '../api/core-v1/pod.ts';
import type { Controller } from '../controller-runtime/controller.ts';
import { daemonSetController } from './daemonset/daemonset.ts';
import { targetNode } from './daemonset/node-pods.ts';
import { statefulSetController } from './statefulset/statefulset.ts';
import { newDaemonSet, newNode, newStatefulSet, podTemplate } from './test/objects.ts';
import { ScriptedKubelet } from './test/scripted-kubelet.ts';
import { createWorld, type World } from './test/world.ts';

/* What a controller did not see happen, or saw twice, changes nothing of where it ends. */

/** One thing that happens, and whether the cluster gets the time to react before the next. */
interface Step {
  readonly replicas: number;
  readonly version: number;
  readonly killed: number;
  readonly settled: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  replicas: fc.integer({ min: 0, max: 4 }),
  version: fc.integer({ min: 1, max: 3 }),
  killed: fc.integer({ min: 0, max: 4 }),
  settled: fc.boolean(),
});
const steps = fc.array(step, { minLength: 1, maxLength: 6 });

interface Workload {
  readonly controller: () => Controller;
  create(world: World): void;
  change(world: World, step: Step): void;
  /** The end, without what tells one way there from another. */
  outcome(world: World): unknown;
}

const statefulSet: Workload = {
  controller: statefulSetController,
  create: ({ client }) => void client.create(statefulSets, newStatefulSet('web')),
  change({ client }, { replicas, version }) {
    const set = client.get(statefulSets, 'default', 'web') as StatefulSet;
    const template = podTemplate('web', `web:${version}`);
    client.update(statefulSets, { ...set, spec: { ...set.spec, replicas, template } });
  },
  outcome({ client }) {
    const { replicas, readyReplicas, availableReplicas } = client.get(statefulSets, 'default', 'web')?.status ?? {};
    const made = client.list(pods).map(({ metadata, spec }) => `${metadata.name} ${spec.containers[0]?.image}`);
    return { status: { replicas, readyReplicas, availableReplicas }, pods: made.sort() };
  },
};

const daemonSet: Workload = {
  controller: daemonSetController,
  create({ client }) {
    for (const name of ['n1', 'n2', 'n3']) client.create(nodes, newNode(name));
    client.create(daemonSets, newDaemonSet('web'));
  },
  change({ client }, { version, replicas }) {
    const set = client.get(daemonSets, 'default', 'web') as DaemonSet;
    const template = podTemplate('web', `web:${version}`);
    client.update(daemonSets, { ...set, spec: { ...set.spec, template } });
    const node = client.get(nodes, '', 'n3');
    const taints = replicas % 2 === 0 ? [] : [{ key: 'a', effect: 'NoExecute' }];
    if (node !== undefined) client.update(nodes, { ...node, spec: { ...node.spec, taints } });
  },
  outcome({ client }) {
    const { observedGeneration: _generation, ...status } = client.get(daemonSets, 'default', 'web')?.status ?? {};
    const made = client.list(pods).map((pod) => `${targetNode(pod)} ${pod.spec.containers[0]?.image}`);
    return { status, pods: made.sort() };
  },
};

function killOne({ client }: World, killed: number): void {
  const pod = client.list(pods)[killed];
  if (pod !== undefined) client.delete(pods, 'default', pod.metadata.name);
}

describe.each([
  ['StatefulSet', statefulSet],
  ['DaemonSet', daemonSet],
])('%s', (_name, workload) => {
  test('ends the same whether each change was seen or only the last state', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const [seen, late] = [createWorld([workload.controller()]), createWorld([])];
        workload.create(seen);
        workload.create(late);
        const kubelet = new ScriptedKubelet(seen);
        for (const each of all) {
          workload.change(seen, each);
          killOne(seen, each.killed);
          if (each.settled) kubelet.untilQuiet();
          workload.change(late, each);
        }
        kubelet.untilQuiet();
        late.manager.add(workload.controller());
        late.settle();
        new ScriptedKubelet(late).untilQuiet();
        expect(workload.outcome(seen)).toEqual(workload.outcome(late));
        expect(seen.failures).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('is content once it has settled: to look again changes nothing', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const controller = workload.controller();
        const world = createWorld([controller]);
        workload.create(world);
        for (const each of all) {
          workload.change(world, each);
          killOne(world, each.killed);
          world.settle();
        }
        const { revision } = world.store;
        controller.reconcile({ namespace: 'default', name: 'web' }, world.contextFor(controller));
        expect(world.store.revision).toBe(revision);
      }),
      { numRuns: 40 },
    );
  });
});
