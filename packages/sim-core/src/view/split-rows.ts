import type { SplitCounter } from '../ingress-nginx/nginx/split-counters.ts';
import { ALPHA, verdictOf, wilson95 } from '../traffic/split-statistics.ts';
import type { SplitRow } from '../wire.ts';

/** A sample of weight draws with what can be said of it. */
export function splitRow(counter: SplitCounter): SplitRow {
  return {
    ...counter,
    since: Math.round(counter.since),
    wilson95: counter.sticky ? null : wilson95(counter),
    verdict: verdictOf(counter, counter.weight / counter.weightTotal),
    alpha: ALPHA,
  };
}
