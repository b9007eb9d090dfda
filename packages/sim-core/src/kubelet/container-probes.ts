import type { Container as ContainerSpec, Probe } from '../api/core-v1/pod.ts';
import type { ContainerLife } from './life.ts';
import type { PodRuntime } from './pod-runtime.ts';
import { probeTarget } from './probe-target.ts';
import { attemptProbe, type ProbeTarget } from './probes/attempt.ts';
import { type ProbeKind, ProbeWorker } from './probes/probe-worker.ts';

/** What the probes of a container report to it. */
export interface ProbeEvents {
  onUnhealthy(message: string): void;
  onReady(ready: boolean): void;
  /** The startup probe succeeded, or there is none. */
  onStarted(): void;
  /** Liveness or startup failed for good: the container is to be killed. */
  onDead(kind: 'liveness' | 'startup', gracePeriodSeconds: number | undefined): void;
}

/**
 * The probes of one life of a container: the startup probe holds the others back until it has succeeded once; without a
 * readiness probe a container that has started is ready (pkg/kubelet/prober/prober_manager.go UpdatePodStatus).
 */
export class ContainerProbes {
  readonly #spec: ContainerSpec;
  readonly #life: ContainerLife;
  readonly #events: ProbeEvents;
  readonly #target: ProbeTarget;
  #liveness: ProbeWorker | undefined;
  #startup: ProbeWorker | undefined;
  #readiness: ProbeWorker | undefined;

  constructor(spec: ContainerSpec, life: ContainerLife, pod: PodRuntime, readyAt: number, events: ProbeEvents) {
    this.#spec = spec;
    this.#life = life;
    this.#events = events;
    this.#target = { ...probeTarget(spec, life, pod), readyAt };
  }

  start(): void {
    const { startupProbe } = this.#spec;
    if (startupProbe === undefined) return this.#afterStartup();
    this.#startup = this.#worker('Startup', startupProbe, (healthy) => {
      this.#startup?.stop();
      if (healthy) this.#afterStartup();
      else this.#events.onDead('startup', startupProbe.terminationGracePeriodSeconds);
    });
    this.#startup.start(this.#life.startedAt);
  }

  /** The pod is going: only readiness is still asked for, so that endpoints know whether it serves. */
  stopKilling(): void {
    this.#startup?.stop();
    this.#liveness?.stop();
  }

  stop(): void {
    this.stopKilling();
    this.#readiness?.stop();
  }

  #afterStartup(): void {
    const { readinessProbe, livenessProbe } = this.#spec;
    this.#events.onStarted();
    if (readinessProbe === undefined) this.#events.onReady(true);
    else this.#readiness = this.#worker('Readiness', readinessProbe, (healthy) => this.#events.onReady(healthy));
    if (livenessProbe !== undefined)
      this.#liveness = this.#worker('Liveness', livenessProbe, (healthy) => this.#onLiveness(healthy, livenessProbe));
    this.#readiness?.start(this.#life.startedAt);
    this.#liveness?.start(this.#life.startedAt);
  }

  #onLiveness(healthy: boolean, { terminationGracePeriodSeconds }: Probe): void {
    if (!healthy) this.#events.onDead('liveness', terminationGracePeriodSeconds);
  }

  #worker(kind: ProbeKind, probe: Probe, onVerdict: (healthy: boolean) => void): ProbeWorker {
    return new ProbeWorker({
      kind,
      probe,
      clock: this.#life.clock,
      attempt: (done) => attemptProbe(probe, this.#target, done),
      onUnhealthy: this.#events.onUnhealthy,
      onVerdict,
    });
  }
}
