import { type Pod, type PodStatus, pods } from '../../api/core-v1/pod.ts';
import { type Condition, withCondition } from '../../apimachinery/condition.ts';
import { formatTime } from '../../sim/clock.ts';
import { targetNode } from '../daemonset/node-pods.ts';
import type { World } from './world.ts';

/**
 * A stand-in for scheduler and kubelets that does as it is told: the test says when pods become ready, end or go. It is
 * what the recorded rollouts had too.
 */
export class ScriptedKubelet {
  readonly #world: World;
  #addresses = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Pods that are neither ready nor ended nor going, oldest first. */
  starting(): Pod[] {
    return this.#all().filter(
      (pod) =>
        isLiving(pod) && !pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'),
    );
  }

  /** Makes pods run, ready or not: the first `count` that are starting, or those given. Then everything settles. */
  run(which: number | readonly Pod[], ready = true): void {
    const some = typeof which === 'number' ? this.starting().slice(0, which) : which;
    for (const pod of some) this.#write(this.#bound(pod), { phase: 'Running', podIP: this.#address(pod) }, ready);
    this.#world.settle();
  }

  /** Ends a pod, with success or failure. Then everything settles. */
  end(pod: Pod, phase: 'Succeeded' | 'Failed'): void {
    const finishedAt = formatTime(this.#world.clock.now());
    const state = { terminated: { exitCode: phase === 'Succeeded' ? 0 : 1, finishedAt } };
    const containerStatuses = [{ name: 'main', ready: false, restartCount: 0, image: '', imageID: '', state }];
    this.#write(this.#bound(pod), { phase, containerStatuses }, false);
    this.#world.settle();
  }

  /** Lets every pod that is being deleted go. Then everything settles. */
  remove(): void {
    for (const { metadata } of this.#all()) {
      if (metadata.deletionTimestamp === undefined) continue;
      this.#world.client.delete(pods, metadata.namespace ?? '', metadata.name, { gracePeriodSeconds: 0 });
    }
    this.#world.settle();
  }

  /** Runs and removes, one pod at a time, until nothing changes any more. */
  untilQuiet(): void {
    for (let before = -1; before !== this.#world.store.revision; ) {
      before = this.#world.store.revision;
      for (const { metadata } of this.starting()) {
        const uid = metadata.uid;
        this.run(this.starting().filter((pod) => pod.metadata.uid === uid));
      }
      this.remove();
    }
  }

  #all(): Pod[] {
    return this.#world.client.list(pods);
  }

  #bound(pod: Pod): Pod {
    const newest = this.#world.client.get(pods, pod.metadata.namespace ?? '', pod.metadata.name) as Pod;
    if (newest.spec.nodeName) return newest;
    const nodeName = targetNode(newest) ?? 'node1';
    return this.#world.client.update(pods, { ...newest, spec: { ...newest.spec, nodeName } });
  }

  #address(pod: Pod): string {
    if (pod.status?.podIP !== undefined) return pod.status.podIP;
    const number = this.#addresses++;
    return `10.244.${number >> 8}.${number & 255}`;
  }

  #write(pod: Pod, status: PodStatus, ready: boolean): void {
    const now = formatTime(this.#world.clock.now());
    const said: Condition = { type: 'Ready', status: ready ? 'True' : 'False' };
    const conditions = withCondition(pod.status?.conditions, said, now);
    const startTime = pod.status?.startTime ?? now;
    this.#world.client.updateStatus(pods, { ...pod, status: { ...pod.status, ...status, startTime, conditions } });
  }
}

function isLiving({ metadata, status }: Pod): boolean {
  return metadata.deletionTimestamp === undefined && status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}
