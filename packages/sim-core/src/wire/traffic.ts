import type { TraceHop } from './trace.ts';

/** A distinct way through the map with its monotonic counters. */
export interface WireFlow {
  id: number;
  /** Ids of the boxes it passes, in order, see {@link TraceHop.nodes}. */
  nodes: string[];
  /** Whether a canary answered. */
  canary: boolean;
  n: number;
  errors: number;
}

export interface LoadState {
  id: string;
  url: string;
  rate: number;
  duration: number | null;
  headers: Record<string, string>;
  startedBy: string;
  sent: number;
  answered: number;
  failed: number;
}
