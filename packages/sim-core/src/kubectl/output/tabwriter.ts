/** How wide columns are (Go text/tabwriter). */
export interface TabOptions {
  readonly minWidth: number;
  readonly padding: number;
}

/** As cli-runtime's GetNewTabWriter: for tables of `get`. */
export const TABLE_TABS: TabOptions = Object.freeze({ minWidth: 6, padding: 3 });
/** As describe writes its lines. */
export const DESCRIBE_TABS: TabOptions = Object.freeze({ minWidth: 0, padding: 2 });

/**
 * Aligns cells as Go's text/tabwriter does: a cell ends with a tab, and a column is the cells of lines that stand together;
 * the last cell of a line is part of no column.
 */
export function tabbed(text: string, { minWidth, padding }: TabOptions): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const widths: number[][] = lines.map(() => []);
  const measure = (from: number, to: number, column: number): void => {
    for (let start = from; start < to; start++) {
      if ((lines[start] as string[]).length - 1 <= column) continue;
      let end = start;
      while (end < to && (lines[end] as string[]).length - 1 > column) end++;
      const cells = lines.slice(start, end).map((line) => line[column] as string);
      const longest = Math.max(...cells.map((cell) => [...cell].length));
      // A column of nothing but empty cells has no padding either where the writer discards them; it does not.
      const width = Math.max(minWidth, longest + padding);
      for (let line = start; line < end; line++) (widths[line] as number[])[column] = width;
      measure(start, end, column + 1);
      start = end;
    }
  };
  measure(0, lines.length, 0);
  return lines
    .map((cells, i) =>
      cells
        .map((cell, column) => {
          const width = widths[i]?.[column];
          return width === undefined ? cell : cell + ' '.repeat(Math.max(0, width - [...cell].length));
        })
        .join(''),
    )
    .join('\n');
}
