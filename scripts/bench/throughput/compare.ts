import { median } from '../statistics.ts';

/** Median and quartiles of the ratios of pairs: what one round says of two peers, since both had the same machine. */
export function pairedRatio(
  ours: readonly number[],
  theirs: readonly number[],
): { middle: number; low: number; high: number } {
  const ratios = ours.map((value, index) => value / (theirs[index] ?? Number.NaN)).sort((a, b) => a - b);
  const at = (share: number) => ratios[Math.round((ratios.length - 1) * share)] ?? Number.NaN;
  return { middle: median(ratios), low: at(0.25), high: at(0.75) };
}

/** A line of the report: the ratio, its quartiles, and whether the bar holds. */
export function ratioLine(
  what: string,
  ours: readonly number[],
  theirs: readonly number[],
  bar: { atLeast?: number; atMost?: number; aim?: number },
): string {
  const { middle, low, high } = pairedRatio(ours, theirs);
  const { atLeast = 0, atMost = Number.POSITIVE_INFINITY } = bar;
  const holds = middle >= atLeast && middle <= atMost;
  const said = bar.atLeast === undefined ? `at most ${bar.atMost}` : `at least ${bar.atLeast}`;
  const aim = bar.aim === undefined ? '' : `, aim ${bar.aim}`;
  const range = `${middle.toFixed(2)} (${low.toFixed(2)} … ${high.toFixed(2)})`;
  return `  ${holds ? 'ok    ' : 'MISSED'} ${what.padEnd(48)} ${range.padEnd(22)} ${said}${aim}`;
}
