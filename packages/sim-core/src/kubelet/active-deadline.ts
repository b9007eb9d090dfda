import type { Cancel, Clock } from '../sim/clock.ts';

/** activeDeadlineSeconds: how long a pod may be active (pkg/kubelet/active_deadline.go). */
export class ActiveDeadline {
  readonly #clock: Clock;
  readonly #startTime: number;
  #cancel: Cancel | undefined;

  /** @param startTime milliseconds of cluster time from which on the pod is active */
  constructor(clock: Clock, startTime: number) {
    this.#clock = clock;
    this.#startTime = startTime;
  }

  /** Calls back when the time is over; the first call counts. */
  watch(seconds: number | undefined, onExceeded: () => void): void {
    if (seconds === undefined || this.#cancel !== undefined) return;
    this.#cancel = this.#clock.after(this.#startTime + seconds * 1000 - this.#clock.now(), onExceeded);
  }

  end(): void {
    this.#cancel?.();
  }
}
