/** Height of a row, in CSS pixels: all are the same, so that the window needs no measuring. */
export const ROW_HEIGHT = 26;
/** Rows drawn above and below what is seen. */
const SPARE = 8;

/** The rows that are drawn, the first and the one behind the last. */
export interface RowWindow {
  readonly from: number;
  readonly to: number;
}

/** @param top - how far the table is scrolled; @param height - how much of it is seen, both in CSS pixels */
export function rowWindow(count: number, top: number, height: number): RowWindow {
  const from = Math.max(0, Math.min(count, Math.floor(top / ROW_HEIGHT)) - SPARE);
  return { from, to: Math.min(count, Math.ceil((top + height) / ROW_HEIGHT) + SPARE) };
}

/** Where a table has to be scrolled for a row to be seen whole. */
export function scrollTopFor(row: number, top: number, height: number): number {
  const start = row * ROW_HEIGHT;
  if (start < top) return start;
  return start + ROW_HEIGHT > top + height ? start + ROW_HEIGHT - height : top;
}
