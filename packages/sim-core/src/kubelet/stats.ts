import type { Container, Pod } from '../api/core-v1/pod.ts';

/** A container that runs, and what it has done since it was started. */
export interface ContainerStats {
  readonly container: Container;
  /** Its present life; another one starts from nothing. */
  readonly life: { readonly startedAt: number; readonly requests: number };
  /** Milliseconds of CPU time that a request costs, where the Scenario says so. */
  readonly cpuPerRequest?: number;
}

/** A pod that runs, as its kubelet tells the metrics-server (the /metrics/resource endpoint). */
export interface PodStats {
  readonly pod: Pod;
  readonly containers: readonly ContainerStats[];
}
