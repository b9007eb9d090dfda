import type { JsonObject } from '../json.ts';
import { at, number, objects, strings, text } from '../json.ts';

/** How a table of the server is printed (cli-runtime printers.PrintOptions). */
export interface TableOptions {
  readonly wide: boolean;
  readonly withNamespace: boolean;
  readonly showLabels: boolean;
  readonly labelColumns: readonly string[];
  /** `pod/` in front of every name: lists of several kinds. */
  readonly prefix: string;
}

/** The rows of a meta.k8s.io/v1 Table as cells, headings first. */
export function tableCells(table: JsonObject, options: TableOptions): string[][] {
  const columns = objects(table, 'columnDefinitions');
  const shown = columns
    .map((column, i) => ({ i, column }))
    .filter(({ column }) => options.wide || number(column, 'priority') === 0);
  const headings = shown.map(({ column }) => text(column, 'name').toUpperCase());
  if (options.withNamespace) headings.unshift('NAMESPACE');
  headings.push(...options.labelColumns.map((label) => label.split('/').at(-1)?.toUpperCase() ?? ''));
  if (options.showLabels) headings.push('LABELS');
  const rows = objects(table, 'rows').map((row) => {
    const cells = at(row, 'cells') as unknown[];
    const own = shown.map(({ i }) => cellText(cells[i]));
    if (options.prefix !== '') own[0] = `${options.prefix}${own[0]}`;
    if (options.withNamespace) own.unshift(text(row, 'object', 'metadata', 'namespace'));
    const labels = strings(row, 'object', 'metadata', 'labels');
    own.push(...options.labelColumns.map((label) => labels[label] ?? ''));
    if (options.showLabels) own.push(labelText(labels));
    return own;
  });
  return [headings, ...rows];
}

/** `a=1,b=2`, sorted; `<none>` (labels.FormatLabels). */
export function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return pairs.length === 0 ? '<none>' : pairs.map(([key, value]) => `${key}=${value}`).join(',');
}

/** Line breaks would tear the table (printers tableprinter.go). */
function cellText(cell: unknown): string {
  const text = cell === null || cell === undefined ? '<nil>' : String(cell);
  const end = text.search(/[\f\n\r]/);
  return end < 0 ? text : `${text.slice(0, end)}...`;
}
