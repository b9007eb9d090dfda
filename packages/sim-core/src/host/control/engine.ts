import type { ViewDelta } from '../../index.ts';
import type { LoadState, PastState, Snapshot, SplitRow, TraceSample, WireEvent } from '../../wire.ts';

/** The view of a cluster that the API and the feed serve; `view/cluster-view.ts` is one. */
export interface ControlView {
  readonly epoch: string;
  /** What the simulated controller behaves as. */
  readonly engine: string;
  /** Cluster time in milliseconds. */
  readonly now: number;
  /** Current revision of the store. */
  readonly revision: number;
  /** Changes whenever something appears that {@link snapshot} holds and the feed sends only once. */
  readonly version: number;
  snapshot(): Omit<Snapshot, 'seq'>;
  /** Hands out what changed since the last call, once. */
  takeDelta(): ViewDelta;
  /** Newest first. */
  events(limit: number): WireEvent[];
  /** The cluster as it was at a step of the timeline; undefined when that is forgotten. */
  past(id: number): PastState | undefined;
  /** Newest first. @param until id of the newest that counts */
  traces(limit: number, until?: number): TraceSample[];
  split(): SplitRow[];
  loads(): LoadState[];
  /** Prometheus' text format. */
  metrics(): string;
  /** Puts these requests into the next samples, whatever else was sampled. */
  sample(ids: readonly number[]): void;
}

/** Whom a load's URL or a client asks. */
export interface LoadRequest {
  readonly url: string;
  /** Requests a second. */
  readonly rate: number;
  /** Milliseconds; until stopped without it. */
  readonly duration?: number;
  readonly headers?: Record<string, string>;
  readonly newConnections?: boolean;
  readonly clientIp?: string;
  readonly startedBy?: string;
}

/** How a load goes, or went. */
export interface LoadProgress {
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  readonly done: boolean;
}

/** What the control API does to a cluster by itself; a `Cluster` is one. */
export interface ControlCluster {
  readonly clock: { now(): number };
  /** The clock's controls; absent in virtual time. */
  readonly realTime:
    | {
        readonly speed: number;
        readonly paused: boolean;
        setSpeed(speed: number): void;
        setPaused(paused: boolean): void;
      }
    | undefined;
  readonly loads: {
    start(options: LoadRequest): { readonly id: string };
    stop(id: string): void;
    running(): readonly { readonly id: string }[];
    /** A load that runs, or ran lately. */
    find(id: string): LoadProgress | undefined;
  };
  readonly edge: { ingressLoadBalancer(): { readonly hostname: string } | undefined };
  /** Moves cluster time forward by so many milliseconds. */
  advance(milliseconds: number): void;
  /** Lets the controllers react. */
  settle(): void;
}
