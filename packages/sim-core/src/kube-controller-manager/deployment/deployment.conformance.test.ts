import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../../../../../test/support/shared.ts';
import { type Deployment, deployments } from '../../api/apps-v1/deployment.ts';
import { type ReplicaSet, replicaSets } from '../../api/apps-v1/replica-set.ts';
import { events } from '../../api/core-v1/event.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import { replicaSetController } from '../replicaset/replicaset.ts';
import { newDeployment, podTemplate } from '../test/objects.ts';
import { ScriptedKubelet } from '../test/scripted-kubelet.ts';
import { createWorld, type World } from '../test/world.ts';
import { deploymentController } from './deployment.ts';

interface Recorded {
  readonly scenario: string;
  readonly replicas: number;
  readonly strategy: Deployment['spec']['strategy'] | string;
  readonly badImage: boolean;
  readonly rsSpecSequence: readonly Record<string, number>[];
  readonly log: readonly Record<string, unknown>[];
  readonly maxSpecTotalSeen: number;
  readonly minAvailableSeenDuringUpdate: number;
}

/** How many pods of the second rollout became ready at once; all others did one by one. */
const TOGETHER: Readonly<Record<string, readonly number[]>> = { r10: [1, 1, 1, 2, 1, 2, 1, 1] };

const path = sharedPath('conformance', 'rollouts.json');
const recorded: readonly Recorded[] = path === undefined ? [] : JSON.parse(readFileSync(path, 'utf8')).scenarios;

describe.skipIf(path === undefined)('recorded rollouts of kube-controller-manager v1.33.3', () => {
  for (const scenario of recorded) {
    test(scenario.scenario, () => {
      const run = replay(scenario);
      expect(run.world.failures).toEqual([]);
      expect(run.sizes).toEqual(scenario.rsSpecSequence);
      expect(run.conditions).toEqual(recordedConditions(scenario));
      expect(run.scalings).toEqual(recordedScalings(scenario));
      expect(run.mostAsked).toBe(scenario.maxSpecTotalSeen);
      expect(run.leastAvailable).toBe(scenario.minAvailableSeenDuringUpdate);
    });
  }
});

/** The scenario as it was recorded: a first rollout of app:1, then a second image. */
function replay(scenario: Recorded) {
  const world = createWorld([deploymentController(), replicaSetController()]);
  const kubelet = new ScriptedKubelet(world);
  const watched = watchRollout(world);
  const strategy = typeof scenario.strategy === 'string' ? undefined : scenario.strategy;
  const image = scenario.badImage ? 'app:nope' : 'app:2';
  world.client.create(
    deployments,
    newDeployment('web', {
      replicas: scenario.replicas,
      template: podTemplate('web', 'app:1'),
      progressDeadlineSeconds: 10,
      ...(strategy && { strategy }),
    }),
  );
  world.settle();
  for (let i = 0; i < scenario.replicas; i++) kubelet.run(1);
  watched.update();
  const deployment = world.client.get(deployments, 'default', 'web') as Deployment;
  world.client.update(deployments, {
    ...deployment,
    spec: { ...deployment.spec, template: podTemplate('web', image) },
  });
  world.settle();
  if (scenario.badImage) failRollout(world, kubelet);
  else finishRollout(kubelet, TOGETHER[scenario.scenario] ?? Array<number>(scenario.replicas).fill(1));
  return { world, ...watched.result() };
}

function finishRollout(kubelet: ScriptedKubelet, groups: readonly number[]): void {
  kubelet.remove();
  for (const count of groups) {
    kubelet.run(count);
    kubelet.remove();
  }
}

function failRollout(world: World, kubelet: ScriptedKubelet): void {
  kubelet.run(kubelet.starting(), false);
  world.advance(60_000);
}

/** Writes down what a rollout asks for, has, and says, at every change. */
function watchRollout({ client }: World) {
  const sizes: Record<string, number>[] = [];
  const conditions: string[][] = [];
  const [asked, available] = [new Map<string, number>(), new Map<string, number>()];
  const scalings: string[] = [];
  const update = { running: false, mostAsked: 0, leastAvailable: Number.POSITIVE_INFINITY };
  const sum = (counts: Map<string, number>) => [...counts.values()].reduce((total, count) => total + count, 0);
  client.watch(replicaSets, ({ object }) => {
    asked.set(imageOf(object), object.spec.replicas ?? 0);
    available.set(imageOf(object), object.status?.availableReplicas ?? 0);
    const row = Object.fromEntries(asked);
    if (!deepEqual(row, sizes.at(-1))) sizes.push(row);
    update.mostAsked = Math.max(update.mostAsked, sum(asked));
    if (update.running) update.leastAvailable = Math.min(update.leastAvailable, sum(available));
  });
  client.watch(deployments, ({ object }) => {
    const row = (object.status?.conditions ?? []).map(({ type, status, reason, message }) =>
      say(type, status, reason, message),
    );
    if (!deepEqual(row, conditions.at(-1))) conditions.push(row);
  });
  client.watch(events, ({ type, object: { reason, message, count } }) => {
    if (type !== 'DELETED' && reason === 'ScalingReplicaSet') scalings.push(withoutHash(`${message} x${count}`));
  });
  return {
    update: () => {
      update.running = true;
    },
    result: () => ({
      sizes,
      conditions: conditions.map((row) => row.map(withoutHash)),
      scalings: scalings.sort(),
      ...update,
    }),
  };
}

function imageOf({ spec }: ReplicaSet): string {
  return spec.template.spec.containers[0]?.image ?? '';
}

function say(type: unknown, status: unknown, reason: unknown, message: unknown): string {
  return `${type}=${status} ${reason}: ${message}`;
}

/** Hashes differ from a real cluster's (a documented deviation), so names are compared without. */
function withoutHash(text: string): string {
  return text.replace(/web-[a-z0-9]+/g, 'web-HASH');
}

function recordedConditions({ log }: Recorded): string[][] {
  const rows: string[][] = [];
  for (const { deploy, conditions } of log) {
    if (deploy === undefined) continue;
    const row = (conditions as Record<string, string>[]).map(({ type, status, reason, message }) =>
      withoutHash(say(type, status, reason, message)),
    );
    if (!deepEqual(row, rows.at(-1))) rows.push(row);
  }
  return rows;
}

/** Compared as a set: the log has events in the order in which they arrived. */
function recordedScalings({ log }: Recorded): string[] {
  const scaled = log.filter(({ event }) => event === 'ScalingReplicaSet');
  return scaled.map(({ msg, count }) => withoutHash(`${msg} x${count}`)).sort();
}
