import type { WireFlow } from '@k8s-ingress-sandbox/sim-core/wire';

/** Rates are taken over this much of the page's own time: long enough to read, short enough to follow a change. */
const WINDOW_MS = 2000;

/** Totals of every flow at one moment of the page's clock. */
interface Reading {
  readonly at: number;
  readonly totals: ReadonlyMap<number, { readonly n: number; readonly errors: number }>;
}

/** Requests and errors a second, by flow. */
export type Rates = ReadonlyMap<number, { readonly perSecond: number; readonly errorsPerSecond: number }>;

/** Readings of the last two seconds; each is a copy of the totals, so a lost message only makes a step longer. */
export type RateHistory = readonly Reading[];

/** Adds a reading and forgets what left the window, except the newest one before it. */
export function addReading(history: RateHistory, at: number, flows: Iterable<WireFlow>): RateHistory {
  const totals = new Map([...flows].map(({ id, n, errors }) => [id, { n, errors }]));
  const next = [...history, { at, totals }];
  const first = next.findLastIndex((reading) => reading.at <= at - WINDOW_MS);
  return next.slice(Math.max(0, first));
}

/** @returns rates between the oldest and the newest reading; empty with fewer than two. */
export function ratesOf(history: RateHistory): Rates {
  const first = history[0];
  const last = history.at(-1);
  if (!first || !last || last.at <= first.at) return new Map();
  const seconds = (last.at - first.at) / 1000;
  const rate = (id: number, field: 'n' | 'errors'): number => {
    const now = last.totals.get(id)?.[field] ?? 0;
    // A flow that is new has been counted from zero; a total that fell belongs to another run.
    return Math.max(0, now - (first.totals.get(id)?.[field] ?? 0)) / seconds;
  };
  return new Map(
    [...last.totals.keys()].map((id) => [id, { perSecond: rate(id, 'n'), errorsPerSecond: rate(id, 'errors') }]),
  );
}
