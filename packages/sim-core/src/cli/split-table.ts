import type { SplitRow } from '../wire.ts';

/** The split of every canary as lines for a terminal: share, target, interval, verdict. */
export function splitTable(rows: readonly SplitRow[]): string[] {
  if (rows.length === 0) return ['no canary'];
  return rows.flatMap((row) => {
    const target = `${percent(row.weight / row.weightTotal)}`;
    const share = row.n === 0 ? '—' : percent(row.canary / row.n);
    const band =
      row.wilson95 === null
        ? 'no interval'
        : `95 % interval ${percent(row.wilson95[0])} to ${percent(row.wilson95[1])}`;
    const forced = row.forcedHeader + row.forcedCookie;
    return [
      `${row.host}${row.path}  ${row.service} / ${row.canaryService}`,
      `  ${row.canary} of ${row.n} draws to the canary: ${share}, weight says ${target}; ${band}; ${row.verdict}`,
      ...(forced > 0 ? [`  not counted: ${row.forcedHeader} by header, ${row.forcedCookie} by cookie`] : []),
    ];
  });
}

function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(2)} %`;
}
