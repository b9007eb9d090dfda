import type { SplitRow } from '@k8s-ingress-sandbox/sim-core/wire';
import { formatCount, formatPercent, formatTarget } from '../words/numbers.ts';

/** Under so many draws a share says nothing. */
export const ENOUGH_DRAWS = 100;
const SCALE_ENDS = [0.1, 0.2, 0.3, 0.5, 1];

/** What the split panel writes for one row. Fractions are 0–1. */
export interface SplitWords {
  /** The big figure: a share with two decimals, or a word while there is none. */
  readonly share: string;
  readonly isShare: boolean;
  readonly target: string;
  readonly draws: string;
  /** The Wilson interval in per cent, or why there is none. */
  readonly interval: string;
  readonly verdict: string;
  readonly tone: 'ok' | 'error' | 'waiting';
  readonly forced: string;
  readonly errors: string;
  readonly bar: SplitBar;
}

export interface SplitBar {
  readonly end: number;
  readonly target: number;
  readonly share?: number;
  readonly band?: readonly [number, number];
}

export function splitWords(row: SplitRow): SplitWords {
  const { n, canary, weight, weightTotal, errors } = row;
  const target = formatTarget(weight, weightTotal);
  const isShare = n >= ENOUGH_DRAWS;
  return {
    share: n === 0 ? '—' : isShare ? formatPercent(canary / n) : 'too early',
    isShare,
    target,
    draws: n === 0 ? 'No draws yet' : `${formatCount(canary)} of ${formatCount(n)} draws`,
    interval: intervalWords(row),
    ...verdictWords(row, target),
    forced: forcedWords(row),
    errors: errors === 0 ? '' : `${formatCount(errors)} failed`,
    bar: barOf(row),
  };
}

function intervalWords({ n, sticky, wilson95 }: SplitRow): string {
  if (sticky) return 'Sticky sessions: the draws depend on one another, so there is no interval';
  if (n === 0 || !wilson95) return '';
  return `95 %: ${formatPercent(wilson95[0])} to ${formatPercent(wilson95[1])}`;
}

function verdictWords({ n, verdict, sticky }: SplitRow, target: string): Pick<SplitWords, 'verdict' | 'tone'> {
  if (n === 0) return { verdict: 'waiting for the first draw', tone: 'waiting' };
  if (n < ENOUGH_DRAWS) return { verdict: `${ENOUGH_DRAWS - n} more draws to go`, tone: 'waiting' };
  if (sticky) return { verdict: 'no verdict with sticky sessions', tone: 'waiting' };
  if (verdict === 'too early') return { verdict: 'too early to tell', tone: 'waiting' };
  return { verdict: `${verdict} with ${target} %`, tone: verdict === 'consistent' ? 'ok' : 'error' };
}

/** Requests that a header or a cookie sent somewhere were not drawn, so they are listed apart. */
function forcedWords({ forcedHeader, forcedCookie }: SplitRow): string {
  const parts = [
    forcedHeader > 0 ? `${formatCount(forcedHeader)} by header` : '',
    forcedCookie > 0 ? `${formatCount(forcedCookie)} by cookie` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `Not drawn: ${parts.join(', ')}`;
}

function barOf({ n, canary, weight, weightTotal, wilson95, sticky }: SplitRow): SplitBar {
  const target = weight / weightTotal;
  const share = n >= ENOUGH_DRAWS ? canary / n : undefined;
  const band = n > 0 && !sticky && wilson95 ? wilson95 : undefined;
  const most = Math.max(target * 1.5, share ?? 0, n >= ENOUGH_DRAWS ? (band?.[1] ?? 0) : 0);
  const end = SCALE_ENDS.find((one) => one >= most) ?? 1;
  return { end, target, ...(share === undefined ? {} : { share }), ...(band ? { band } : {}) };
}
