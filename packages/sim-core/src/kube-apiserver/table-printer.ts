import { AGE, NAME } from '../api/columns.ts';
import type { Kind, PrinterColumn } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';

/** One cell of a table, as the API sends it; null prints as nothing. */
export type Cell = string | number | boolean | null;

/** What `kubectl get` is told. */
export interface TableOptions {
  /** `-o wide` */
  wide?: boolean;
  /** `-A`: a first column with the namespace. */
  withNamespace?: boolean;
  /** `--show-labels` */
  showLabels?: boolean;
}

/** Rows of `kubectl get`, with their headers. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const PLAIN: readonly PrinterColumn<KubeObject>[] = Object.freeze([NAME, AGE]);

/** The columns of a kind, wide ones included. */
export function columnsOf<T extends KubeObject>(kind: Kind<T>): readonly PrinterColumn<T>[] {
  return kind.columns ?? PLAIN;
}

/** One row per object; @param now cluster time in milliseconds, for ages */
export function printTable<T extends KubeObject>(
  kind: Kind<T>,
  objects: readonly T[],
  now: number,
  { wide = false, withNamespace = false, showLabels = false }: TableOptions = {},
): Table {
  const shown = columnsOf(kind).filter(({ priority = 0 }) => wide || priority === 0);
  const namespace = withNamespace && kind.namespaced;
  const labels = ({ metadata }: T): string =>
    Object.entries(metadata.labels ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join(',') || '<none>';
  return {
    columns: [...(namespace ? ['Namespace'] : []), ...shown.map(({ name }) => name), ...(showLabels ? ['Labels'] : [])],
    rows: objects.map((object) => [
      ...(namespace ? [object.metadata.namespace ?? ''] : []),
      ...shown.map((column) => column.cell(object, now)),
      ...(showLabels ? [labels(object)] : []),
    ]),
  };
}

const MIN_WIDTH = 6;
const PADDING = 3;

/**
 * The table as kubectl prints it: upper-case headers, columns three spaces apart, nothing padded at the end of a line
 * (k8s.io/cli-runtime/pkg/printers/tablewriter.go). Line breaks in cells would break the table: the rest is left out.
 */
export function formatTable({ columns, rows }: Table, { headers = true } = {}): string {
  const texts = rows.map((row) => row.map((cell) => firstLine(String(cell ?? ''))));
  const lines = headers ? [columns.map((name) => name.toUpperCase()), ...texts] : texts;
  const widths = columns.map((_, i) => Math.max(MIN_WIDTH, ...lines.map((line) => (line[i] ?? '').length + PADDING)));
  const print = (line: readonly string[]): string =>
    line.map((text, i) => (i === line.length - 1 ? text : text.padEnd(widths[i] ?? 0))).join('');
  return lines.map((line) => `${print(line)}\n`).join('');
}

/** kubectl ends a cell at its first line break, with three dots (`printers/tableprinter.go`). */
function firstLine(text: string): string {
  const end = text.search(/[\f\n\r]/);
  return end < 0 ? text : `${text.slice(0, end)}...`;
}
