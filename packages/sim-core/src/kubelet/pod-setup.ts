import type { Cancel } from '../sim/clock.ts';
import { BackOff } from './back-off.ts';
import type { PodRuntime } from './pod-runtime.ts';
import type { Listening, Sandbox, Sandboxes } from './sandbox.ts';
import { mountFailures } from './volumes.ts';

/** First and longest wait between two attempts to mount a volume (pkg/util/goroutinemap/exponentialbackoff). */
const FIRST_RETRY = 500;
const LONGEST_RETRY = 122_000;

/** Volumes, then the sandbox: what a pod needs before its containers (pkg/kubelet/kubelet.go SyncPod, WaitForAttachAndMount). */
export class PodSetup {
  readonly #pod: PodRuntime;
  readonly #sandboxes: Sandboxes;
  readonly #backOff = new BackOff(FIRST_RETRY, LONGEST_RETRY);
  #retry: Cancel | undefined;
  #sandbox: Sandbox | undefined;

  constructor(pod: PodRuntime, sandboxes: Sandboxes) {
    this.#pod = pod;
    this.#sandboxes = sandboxes;
  }

  /** The pod's network; it keeps its address after it was removed. */
  get sandbox(): Sandbox | undefined {
    return this.#sandbox;
  }

  /** Makes the sandbox if the volumes can be mounted. @returns whether it is there */
  ensure(containers: readonly Listening[]): boolean {
    if (this.#sandbox !== undefined) return true;
    if (this.#retry !== undefined) return false;
    const failures = mountFailures(this.#pod.pod, this.#pod.services.client);
    if (failures.length === 0) {
      this.#sandbox = this.#sandboxes.create(this.#pod.pod, this.#pod.node, containers);
      return true;
    }
    for (const { message, missing } of failures) {
      this.#pod.event('Warning', 'FailedMount', message);
      this.#pod.waitFor(missing);
    }
    this.#retryLater();
    return false;
  }

  /** What the volumes waited for may be there. */
  retry(): void {
    this.#retry?.();
    this.#retry = undefined;
  }

  remove(): void {
    this.retry();
    this.#sandbox?.remove();
  }

  #retryLater(): void {
    const { clock } = this.#pod.services;
    this.#backOff.next(clock.now(), clock.now());
    this.#retry = clock.after(this.#backOff.delay, () => {
      this.#retry = undefined;
      this.#pod.wake();
    });
  }
}
