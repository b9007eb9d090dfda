import { BackOff } from './back-off.ts';

/**
 * `init` ends before the next one starts, `sidecar` is an init container that keeps running, `ephemeral` was added to a running pod
 * and runs once, `main` is all others.
 */
export type ContainerRole = 'init' | 'sidecar' | 'ephemeral' | 'main';

/** First and longest wait before a restart (pkg/kubelet/kubelet.go, MaxContainerBackOff). */
const FIRST_BACK_OFF = 10_000;
const LONGEST_BACK_OFF = 300_000;

/** Whether and when a container that has ended runs again (kuberuntime_manager.go doBackOff). */
export class Restarts {
  readonly #role: ContainerRole;
  readonly #backOff = new BackOff(FIRST_BACK_OFF, LONGEST_BACK_OFF);

  constructor(role: ContainerRole) {
    this.#role = role;
  }

  /** Whether a container that ended with this code runs again at all. */
  allowed(restartPolicy: string, exitCode: number): boolean {
    if (this.#role === 'sidecar') return true;
    if (this.#role === 'ephemeral') return false;
    if (this.#role === 'init') return exitCode !== 0 && restartPolicy !== 'Never';
    return restartPolicy === 'Always' || (restartPolicy === 'OnFailure' && exitCode !== 0);
  }

  /** Milliseconds to wait still; 0: it is started now, and its next end waits longer. */
  wait(endedAt: number, now: number): number {
    const left = this.#backOff.remaining(endedAt, now);
    if (left === 0) this.#backOff.next(endedAt, now);
    return left;
  }

  /** The whole wait of which {@link wait} says the rest. */
  get delay(): number {
    return this.#backOff.delay;
  }
}
