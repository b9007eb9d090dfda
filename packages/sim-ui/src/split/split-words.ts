import type { SplitRow } from '@k8s-ingress-sandbox/sim-core/wire';
import { formatCount, formatPercent, formatTarget } from '../words/numbers.ts';
import type { Words } from '../words/words.tsx';

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

export function splitWords(row: SplitRow, words: Words): SplitWords {
  const { t } = words;
  const { n, canary, weight, weightTotal, errors } = row;
  const target = formatTarget(weight, weightTotal);
  const isShare = n >= ENOUGH_DRAWS;
  return {
    share: n === 0 ? '—' : isShare ? formatPercent(canary / n) : t('split.early'),
    isShare,
    target,
    draws: n === 0 ? t('split.noDraws') : t('split.draws', { canary: formatCount(canary), n: formatCount(n) }),
    interval: intervalWords(row, words),
    ...verdictWords(row, target, words),
    forced: forcedWords(row, words),
    errors: errors === 0 ? '' : t('split.failed', { n: formatCount(errors) }),
    bar: barOf(row),
  };
}

function intervalWords({ n, sticky, wilson95 }: SplitRow, { t }: Words): string {
  if (sticky) return t('split.sticky');
  if (n === 0 || !wilson95) return '';
  return t('split.interval', { low: formatPercent(wilson95[0]), high: formatPercent(wilson95[1]) });
}

function verdictWords(
  { n, verdict, sticky }: SplitRow,
  target: string,
  { t }: Words,
): Pick<SplitWords, 'verdict' | 'tone'> {
  if (n === 0) return { verdict: t('split.waiting'), tone: 'waiting' };
  if (n < ENOUGH_DRAWS) return { verdict: t('split.more', { n: ENOUGH_DRAWS - n }), tone: 'waiting' };
  if (sticky) return { verdict: t('split.noVerdict'), tone: 'waiting' };
  if (verdict === 'too early') return { verdict: t('split.tooEarly'), tone: 'waiting' };
  return verdict === 'consistent'
    ? { verdict: t('split.consistent', { target }), tone: 'ok' }
    : { verdict: t('split.notConsistent', { target }), tone: 'error' };
}

/** Requests that a header or a cookie sent somewhere were not drawn, so they are listed apart. */
function forcedWords({ forcedHeader, forcedCookie }: SplitRow, { t }: Words): string {
  const parts = [
    forcedHeader > 0 ? t('split.byHeader', { n: formatCount(forcedHeader) }) : '',
    forcedCookie > 0 ? t('split.byCookie', { n: formatCount(forcedCookie) }) : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : t('split.notDrawn', { parts: parts.join(', ') });
}

function barOf({ n, canary, weight, weightTotal, wilson95, sticky }: SplitRow): SplitBar {
  const target = weight / weightTotal;
  const share = n >= ENOUGH_DRAWS ? canary / n : undefined;
  const band = n > 0 && !sticky && wilson95 ? wilson95 : undefined;
  const most = Math.max(target * 1.5, share ?? 0, n >= ENOUGH_DRAWS ? (band?.[1] ?? 0) : 0);
  const end = SCALE_ENDS.find((one) => one >= most) ?? 1;
  return { end, target, ...(share === undefined ? {} : { share }), ...(band ? { band } : {}) };
}
