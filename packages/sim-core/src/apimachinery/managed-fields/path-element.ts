import { goQuote } from '../go-syntax.ts';

/**
 * One step of a path to a field, as fieldsV1 writes it: `f:spec` a member, `k:{"name":"web"}` the item of a list with
 * these keys, `v:"x"` that value of a set, `i:0` a place in a list
 * (structured-merge-diff/fieldpath/{element,serialize-pe}.go).
 */
export type PathElement = string;

/** From the whole object down to a field. */
export type Path = readonly PathElement[];

const KINDS = 'fkvi';

/** The step to a member of an object. */
export function fieldElement(name: string): PathElement {
  return `f:${name}`;
}

/** The step to the list item with these keys. */
export function keyElement(keys: Readonly<Record<string, unknown>>): PathElement {
  return `k:${JSON.stringify(Object.fromEntries(Object.entries(keys).sort(([a], [b]) => compareText(a, b))))}`;
}

/** The step to that value of a set. */
export function valueElement(value: unknown): PathElement {
  return `v:${JSON.stringify(value)}`;
}

/** Reads a step back into the one form that it has here. @throws Error when it is none */
export function parseElement(text: string): PathElement {
  const rest = text.slice(2);
  switch (text.slice(0, 2)) {
    case 'f:':
      return text;
    case 'k:':
      return keyElement(parseKeys(rest));
    case 'v:':
      return valueElement(JSON.parse(rest));
    case 'i:':
      if (/^\d+$/.test(rest)) return text;
  }
  throw new Error(`missing or unknown type of path element: ${text}`);
}

function parseKeys(text: string): Record<string, unknown> {
  const keys: unknown = JSON.parse(text);
  if (typeof keys !== 'object' || keys === null || Array.isArray(keys)) throw new Error(`no keys: ${text}`);
  return keys as Record<string, unknown>;
}

/** The step as it is printed in a path: `.spec`, `[name="web"]`, `[="x"]`, `[0]`. */
function printElement(element: PathElement): string {
  const rest = element.slice(2);
  switch (element[0]) {
    case 'k': {
      const keys = Object.entries(parseKeys(rest));
      return `[${keys.map(([name, value]) => `${name}=${printValue(value)}`).join(',')}]`;
    }
    case 'v':
      return `[=${printValue(JSON.parse(rest))}]`;
    case 'i':
      return `[${rest}]`;
    default:
      return `.${rest}`;
  }
}

/** A path as the API server prints it: `.spec.template.spec.containers[name="web"].image`. */
export function printPath(path: Path): string {
  return path.map(printElement).join('');
}

function printValue(value: unknown): string {
  return typeof value === 'string' ? goQuote(value) : JSON.stringify(value);
}

/** The order of steps in fieldsV1: members, then keys, values, places; numbers by size, text by bytes. */
export function compareElements(a: PathElement, b: PathElement): number {
  if (a === b) return 0;
  const kind = KINDS.indexOf(a[0] ?? '') - KINDS.indexOf(b[0] ?? '');
  if (kind !== 0) return kind;
  return a[0] === 'f' ? compareText(a, b) : compareValues(JSON.parse(a.slice(2)), JSON.parse(b.slice(2)));
}

function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) {
    return compareKeys(Object.entries(a), Object.entries(b));
  }
  // Of different kinds: numbers first, then text, then truth values (value.Compare).
  const rank = (value: unknown): number => ['number', 'string', 'boolean'].indexOf(typeof value);
  return rank(a) - rank(b) || compareText(String(a), String(b));
}

function compareKeys(a: readonly [string, unknown][], b: readonly [string, unknown][]): number {
  for (const [index, [name, value]] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = compareText(name, other[0]) || compareValues(value, other[1]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Text by code units; Go compares bytes, which differs outside the basic plane only. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
