import type { Probe } from '../../api/core-v1/pod.ts';
import type { Clock } from '../../sim/clock.ts';
import type { ProbeResult } from './attempt.ts';

/** Which of its three probes a container is asked by. */
export type ProbeKind = 'Startup' | 'Liveness' | 'Readiness';

/** What a probe worker is handed. */
export interface ProbeParts {
  readonly kind: ProbeKind;
  readonly probe: Probe;
  /** Timers that end with the container. */
  readonly clock: Clock;
  /** One attempt; calls back once, now or later. */
  attempt(done: (result: ProbeResult) => void): void;
  /** Every attempt that did not succeed, for the event. */
  onUnhealthy(message: string): void;
  /** The verdict, whenever a threshold is reached and the verdict changed. */
  onVerdict(healthy: boolean): void;
}

/**
 * Asks one container by one of its probes (pkg/kubelet/prober/worker.go): first `initialDelaySeconds` after it started, then every
 * `periodSeconds`, without jitter. A period whose predecessor is still waiting for an answer is skipped.
 */
export class ProbeWorker {
  readonly #parts: ProbeParts;
  #last: boolean | undefined;
  #run = 0;
  #verdict: boolean | undefined;
  #waiting = false;
  #stopped = false;

  constructor(parts: ProbeParts) {
    this.#parts = parts;
  }

  /** @param startedAt when the container started: the initial delay counts from there */
  start(startedAt: number): void {
    const { probe, clock } = this.#parts;
    const wait = startedAt + (probe.initialDelaySeconds ?? 0) * 1000 - clock.now();
    if (wait > 0) clock.after(wait, () => this.#tick());
    else this.#tick();
  }

  stop(): void {
    this.#stopped = true;
  }

  #tick(): void {
    if (this.#stopped) return;
    const { probe, clock } = this.#parts;
    clock.after((probe.periodSeconds ?? 10) * 1000, () => this.#tick());
    if (this.#waiting) return;
    this.#waiting = true;
    this.#parts.attempt((result) => {
      this.#waiting = false;
      if (!this.#stopped) this.#count(result);
    });
  }

  #count({ outcome, output }: ProbeResult): void {
    const { kind, probe, onUnhealthy, onVerdict } = this.#parts;
    if (outcome === 'error') onUnhealthy(`${kind} probe errored and resulted in unknown state: ${output}`);
    if (outcome === 'failure') onUnhealthy(`${kind} probe failed: ${output}`);
    if (outcome === 'error') return;
    const healthy = outcome === 'success';
    this.#run = healthy === this.#last ? this.#run + 1 : 1;
    this.#last = healthy;
    const threshold = healthy ? (probe.successThreshold ?? 1) : (probe.failureThreshold ?? 3);
    if (this.#run < threshold || healthy === this.#verdict) return;
    this.#verdict = healthy;
    onVerdict(healthy);
  }
}
