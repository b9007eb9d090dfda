import { isObject } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { findAll } from './jsonpath.ts';
import { parsePath } from './jsonpath-parser.ts';
import { TABLE_TABS, tabbed } from './tabwriter.ts';

/** A table of the columns that the user names: `NAME:.metadata.name,IMAGE:.spec.containers[*].image` (kubectl/pkg/cmd/get/customcolumn.go). */
export function customColumns(spec: string, items: readonly unknown[], headers: boolean): string {
  if (spec === '') throw failure('custom-columns format specified but no custom columns given');
  const columns = spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon <= 0) throw failure(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    return { header: part.slice(0, colon), path: parsePath(relaxed(part.slice(colon + 1))) };
  });
  const rows = items.map((item) => columns.map(({ path }) => cell(findAll(path, [item]))));
  const lines = headers ? [columns.map(({ header }) => header), ...rows] : rows;
  return `${tabbed(lines.map((line) => line.join('\t')).join('\n'), TABLE_TABS)}\n`;
}

/** `{.x}`, `.x` and `x` are the same (get.RelaxedJSONPathExpression). */
export function relaxed(expression: string): string {
  const bare = /^\{(.*)\}$/.exec(expression)?.[1] ?? expression;
  return bare.startsWith('.') || bare.startsWith('[') ? bare : `.${bare}`;
}

function cell(found: readonly unknown[]): string {
  const values = found.filter((value) => value !== undefined && value !== null);
  return values.length === 0 ? '<none>' : values.map(goValue).join(',');
}

/** As fmt's %v prints. */
function goValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`;
  if (!isObject(value)) return String(value);
  const keys = Object.keys(value).sort();
  return `map[${keys.map((key) => `${key}:${goValue(value[key])}`).join(' ')}]`;
}
