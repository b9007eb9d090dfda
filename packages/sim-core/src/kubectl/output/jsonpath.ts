import { goJson } from '../../apimachinery/go-json.ts';
import { isObject } from '../json.ts';
import { type Operand, type PathNode, parseTemplate, type Slice, type TemplateNode } from './jsonpath-parser.ts';

/** What a template says of an object (client-go util/jsonpath with AllowMissingKeys). @throws Error for a bad template */
export function jsonpath(template: string, value: unknown): string {
  return render(parseTemplate(template), value);
}

function render(nodes: readonly TemplateNode[], value: unknown): string {
  return nodes
    .map((node) => {
      if (node.type === 'text') return node.text;
      const found = findAll(node.path, [value]);
      return node.type === 'path'
        ? found.map(printed).join(' ')
        : found.map((each) => render(node.body, each)).join('');
    })
    .join('');
}

/** Everything that a path finds. */
export function findAll(path: readonly PathNode[], values: readonly unknown[]): unknown[] {
  return path.reduce<unknown[]>((found, node) => found.flatMap((value) => step(node, value)), [...values]);
}

function step(node: PathNode, value: unknown): unknown[] {
  switch (node.type) {
    case 'field':
      return isObject(value) && Object.hasOwn(value, node.name) ? [value[node.name]] : [];
    case 'wildcard':
      return children(value);
    case 'recursive':
      return descendants(value);
    case 'index':
      return Array.isArray(value) ? node.slices.flatMap((slice) => sliceItems(slice, value)) : [];
    case 'filter':
      return children(value).filter((item) => holds(node, item));
  }
}

function children(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isObject(value)
    ? Object.keys(value)
        .sort()
        .map((key) => value[key])
    : [];
}

function descendants(value: unknown): unknown[] {
  return [value, ...children(value).flatMap(descendants)];
}

function sliceItems({ start, end, step: stride, single }: Slice, items: readonly unknown[]): unknown[] {
  const placed = (index: number) => (index < 0 ? index + items.length : index);
  if (single) {
    const index = placed(start ?? 0);
    if (index < 0 || index >= items.length) {
      throw new Error(`array index out of bounds: index ${start}, length ${items.length}`);
    }
    return [items[index]];
  }
  return items.slice(placed(start ?? 0), placed(end ?? items.length)).filter((_, i) => i % Math.max(1, stride) === 0);
}

function holds(node: Extract<PathNode, { type: 'filter' }>, item: unknown): boolean {
  const left = valuesOf(node.left, item);
  if (node.right === undefined) return left.length > 0;
  const [a] = left;
  const [b] = valuesOf(node.right, item);
  if (left.length === 0) return false;
  switch (node.operator) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return (a as number) < (b as number);
    case '>':
      return (a as number) > (b as number);
    case '<=':
      return (a as number) <= (b as number);
    default:
      return (a as number) >= (b as number);
  }
}

function valuesOf(operand: Operand, item: unknown): unknown[] {
  return 'value' in operand ? [operand.value] : findAll(operand.path, [item]);
}

function printed(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '<nil>';
  return typeof value === 'object' ? goJson(value) : String(value);
}
