import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Deployment, deployments } from '../../api/apps-v1/deployment.ts';
import { replicaSets } from '../../api/apps-v1/replica-set.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { isPodActive, isPodReady } from '../pod-util.ts';
import { replicaSetController } from '../replicaset/replicaset.ts';
import { newDeployment, podTemplate } from '../test/objects.ts';
import { ScriptedKubelet } from '../test/scripted-kubelet.ts';
import { createWorld, type World } from '../test/world.ts';
import { deploymentController } from './deployment.ts';
import { maxSurge, minAvailable } from './surge.ts';

type Step =
  | { kind: 'image'; tag: number }
  | { kind: 'ready'; which: number }
  | { kind: 'remove' }
  | { kind: 'wait'; seconds: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('image' as const), tag: fc.integer({ min: 2, max: 4 }) }),
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('ready' as const), which: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const) }) },
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 20 }) }),
);

const bound = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.integer({ min: 0, max: 100 }).map((percent) => `${percent}%`),
);

const rollingUpdate = fc
  .record({
    replicas: fc.integer({ min: 1, max: 8 }),
    maxSurge: bound,
    maxUnavailable: bound,
    minReadySeconds: fc.constantFrom(0, 0, 5),
  })
  .map(({ replicas, maxSurge: surge, maxUnavailable, minReadySeconds }) => ({
    replicas,
    minReadySeconds,
    strategy: { type: 'RollingUpdate' as const, rollingUpdate: { maxSurge: surge, maxUnavailable } },
  }));

describe('any rolling update', () => {
  test('keeps desired − maxUnavailable available, never asks for more than desired + maxSurge, and ends', () => {
    fc.assert(
      fc.property(rollingUpdate, fc.array(step, { maxLength: 40 }), (spec, steps) => {
        const world = createWorld([deploymentController(), replicaSetController()]);
        const kubelet = new ScriptedKubelet(world);
        world.client.create(deployments, newDeployment('web', spec));
        world.settle();
        finish(world, kubelet);
        const check = () => checkBounds(world);
        const stop = [world.client.watch(pods, check), world.client.watch(replicaSets, check)];
        for (const each of steps) take(each, world, kubelet);
        finish(world, kubelet);
        for (const each of stop) each();
        expectRolledOut(world);
        expect(world.failures).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('reaches the same end from lost and doubled events', () => {
    fc.assert(
      fc.property(
        rollingUpdate,
        fc.array(step, { maxLength: 15 }),
        fc.infiniteStream(fc.nat(2)),
        (spec, steps, times) => {
          const world = createWorld([]);
          const kubelet = new ScriptedKubelet(world);
          world.client.create(deployments, newDeployment('web', spec));
          // Each controller is called for each key none, one or two times after each step: that is what is left of events.
          for (const each of steps) {
            take(each, world, kubelet);
            reconcileAll(world, () => times.next().value as number);
          }
          for (let quiet = false; !quiet; ) {
            const before = world.store.revision;
            world.advance(10_000);
            reconcileAll(world, () => 1);
            kubelet.untilQuiet();
            quiet = world.store.revision === before;
          }
          expectRolledOut(world);
        },
      ),
      { numRuns: 40 },
    );
  });
});

function take(each: Step, world: World, kubelet: ScriptedKubelet): void {
  if (each.kind === 'remove') kubelet.remove();
  if (each.kind === 'wait') world.advance(each.seconds * 1000);
  if (each.kind === 'ready') kubelet.run(kubelet.starting().slice(each.which, each.which + 1));
  if (each.kind !== 'image') return;
  const deployment = world.client.get(deployments, 'default', 'web') as Deployment;
  world.client.update(deployments, {
    ...deployment,
    spec: { ...deployment.spec, template: podTemplate('web', `web:${each.tag}`) },
  });
  world.settle();
}

function finish(world: World, kubelet: ScriptedKubelet): void {
  for (let before = -1; before !== world.store.revision; ) {
    before = world.store.revision;
    kubelet.untilQuiet();
    world.advance(10_000);
  }
}

function checkBounds({ client, clock }: World): void {
  const deployment = client.get(deployments, 'default', 'web') as Deployment;
  const wait = (deployment.spec.minReadySeconds ?? 0) * 1000;
  const asked = client.list(replicaSets).reduce((sum, { spec }) => sum + (spec.replicas ?? 0), 0);
  const available = client
    .list(pods)
    .filter((pod) => isPodActive(pod) && isPodReady(pod) && readyFor(pod, clock.now()) >= wait);
  expect(asked).toBeLessThanOrEqual((deployment.spec.replicas ?? 1) + maxSurge(deployment));
  expect(available.length).toBeGreaterThanOrEqual(minAvailable(deployment));
}

function readyFor({ status }: Pod, now: number): number {
  return now - Date.parse(status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime ?? '');
}

function expectRolledOut({ client }: World): void {
  const { spec, status, metadata } = client.get(deployments, 'default', 'web') as Deployment;
  const image = spec.template.spec.containers[0]?.image;
  expect(client.list(pods).map((pod) => pod.spec.containers[0]?.image)).toEqual(Array(spec.replicas).fill(image));
  const { replicas } = spec;
  expect(status).toMatchObject({
    replicas,
    updatedReplicas: replicas,
    availableReplicas: replicas,
    observedGeneration: metadata.generation,
  });
}

function reconcileAll({ client, contextFor }: World, times: () => number): void {
  for (const controller of [deploymentController(), replicaSetController()]) {
    for (const { metadata } of client.list(controller.for)) {
      for (let left = times(); left > 0; left--) {
        controller.reconcile({ namespace: metadata.namespace ?? '', name: metadata.name }, contextFor(controller));
      }
    }
  }
}
