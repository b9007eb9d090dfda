import { isObject } from './json-schema.ts';

type Step =
  | { readonly name: string }
  | { readonly index: number }
  | { readonly all: true }
  | { readonly filter: { readonly path: readonly Step[]; readonly operator: string; readonly value: unknown } };

/** A path into an object; undefined where nothing lies there. */
export type JsonPath = (object: unknown) => unknown;

const TOKEN =
  /\.((?:[A-Za-z0-9_$-]|\\.)+)|\[\s*(-?\d+)\s*\]|\[\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*\]|\[\s*\*\s*\]|\.\*|\[\?\(\s*@((?:\.[\w-]+)+)\s*(==|!=|<=|>=|<|>)\s*('[^']*'|"[^"]*"|[^)\s]+)\s*\)\]/y;

/**
 * Reads the paths of columns and of the scale subresource: fields, indices, `[*]` and one comparison
 * (k8s.io/client-go/util/jsonpath, as far as definitions use it). Of several values it is the first.
 * @returns undefined when the path cannot be read
 */
export function parseJsonPath(text: string): JsonPath | undefined {
  const steps = readSteps(text);
  return steps && ((object) => walk([object], steps)[0]);
}

function readSteps(text: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  const token = new RegExp(TOKEN.source, 'y');
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (found === null) return undefined;
    const step = stepOf(found);
    if (step === undefined) return undefined;
    steps.push(step);
  }
  return steps;
}

function stepOf(found: RegExpExecArray): Step | undefined {
  const [token, , index, single, double, path, operator = '', literal = ''] = found;
  if (index !== undefined) return { index: Number(index) };
  const quoted = single ?? double;
  if (quoted !== undefined) return { name: quoted.replace(/\\(.)/g, '$1') };
  if (path !== undefined) {
    const below = readSteps(path);
    return below && { filter: { path: below, operator, value: literalOf(literal) } };
  }
  if (token === '.*' || token.startsWith('[')) return { all: true };
  return { name: token.slice(1).replace(/\\(.)/g, '$1') };
}

function literalOf(text: string): unknown {
  if (/^['"]/.test(text)) return text.slice(1, -1);
  if (text === 'true' || text === 'false') return text === 'true';
  return Number(text);
}

function walk(values: readonly unknown[], steps: readonly Step[]): readonly unknown[] {
  return steps.reduce<readonly unknown[]>((found, step) => found.flatMap((value) => take(value, step)), values);
}

function take(value: unknown, step: Step): readonly unknown[] {
  if ('name' in step) {
    return isObject(value) && Object.hasOwn(value, step.name) ? [value[step.name]] : [];
  }
  if ('index' in step) {
    const item = Array.isArray(value) ? value.at(step.index) : undefined;
    return item === undefined ? [] : [item];
  }
  const items = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  if ('all' in step) return items;
  const { path, operator, value: wanted } = step.filter;
  return items.filter((item) => walk([item], path).some((each) => compares(each, operator, wanted)));
}

function compares(value: unknown, operator: string, wanted: unknown): boolean {
  if (operator === '==') return value === wanted;
  if (operator === '!=') return value !== wanted;
  if (typeof value !== typeof wanted || (typeof value !== 'number' && typeof value !== 'string')) return false;
  const other = wanted as typeof value;
  if (operator === '<') return value < other;
  if (operator === '>') return value > other;
  return operator === '<=' ? value <= other : value >= other;
}
