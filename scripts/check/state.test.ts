import { expect, test } from 'vitest';
import { parseModule } from './module.ts';
import { checkState } from './state.ts';

const found = (text: string): number => checkState([parseModule('packages/sim-core/src/sim/x.ts', text)]).length;

test.each([
  'let count = 0;',
  'export let count = 0;',
  'var count = 0;',
  'const cache = new Map();',
  'export const cache = new WeakMap<object, string>();',
  'const seen: Set<string> = new Set();',
  'const clock = new VirtualClock();',
  'const cache = Object.freeze(new Map());',
  'const next = (() => { let n = 0; return () => n++; })();',
  'export const selected = signal(0);',
  'class Names { static last = 0; }',
  'class Names { static readonly all = new Map(); }',
  'const list: string[] = []; export const add = (x: string) => list.push(x);',
  'const table = { a: 1 }; export function change() { table.a = 2; }',
  'const table = { a: { b: [1] } }; export function change() { (table as any).a.b.sort(); }',
  'const table = new Map([[1, 2]]); export function change() { table.set(1, 3); }',
  'const table = { a: 1 }; export function change() { delete table.a; }',
  'const table = { n: 1 }; export function change() { table.n++; }',
  'const table = {}; export function change() { Object.assign(table, { a: 1 }); }',
  `import { table } from './table.ts'; export function change() { table.a = 1; }`,
  `import * as all from './table.ts'; export function change() { all.list.push(1); }`,
])('state is found: %s', (text) => {
  expect(found(text)).toBe(1);
});

test.each([
  'const LIMIT = 10;',
  `const KINDS = ['Pod', 'Service'];`,
  `const TABLE = new Map([['a', 1]]); export const look = (key: string) => TABLE.get(key);`,
  'const NAME = /^[a-z]+$/;',
  'const NONE: ReadonlyMap<string, Slice> = new Map();',
  `const FORMAT = new Intl.NumberFormat('en');`,
  'const ROUTER = Object.freeze(new Router({}));',
  'export const weight = defineAnnotation({ name: "canary-weight" });',
  'declare let injected: string;',
  'class Store { readonly #objects = new Map(); static readonly NAME = "store"; add() { this.#objects.set(1, 2); } }',
  'export function sum(xs: number[]) { let n = 0; const list: number[] = []; for (const x of xs) { n += x; list.push(n); } return list; }',
  'const table = { a: 1 }; export function copy(table: { a: number }) { table.a = 2; }',
  'const list = [1]; export const sorted = () => { const list = [2]; list.sort(); return list; };',
  'const list = [2, 1]; export const sorted = () => [...list].sort();',
  `import { table } from './table.ts'; export const f = ({ table }: any) => { table.a = 1; };`,
])('no state: %s', (text) => {
  expect(found(text)).toBe(0);
});

test('tests may keep what they like', () => {
  expect(checkState([parseModule('packages/sim-core/src/sim/x.test.ts', 'let count = 0;')])).toEqual([]);
});

test('the place is where the state stands', () => {
  const [finding] = checkState([parseModule('packages/sim-core/src/sim/x.ts', 'const a = 1;\n\n  let b = 2;')]);
  expect(finding).toMatchObject({ line: 3, column: 3 });
});
