import type { RandomStream } from '../../sim/random.ts';

/** Values that no field expects. */
const ODD: readonly unknown[] = Object.freeze([
  null,
  true,
  '',
  0,
  -1,
  1.5,
  1e308,
  -(2 ** 53) - 2,
  '\u0000',
  '\ud800',
  '٣',
  'a'.repeat(300),
  '../../etc/passwd',
  '${{7*7}}',
  '<script>alert(1)</script>',
  [],
  {},
  [null],
  [[[]]],
  { '': '' },
  ['constructor'],
  '1Gi',
  '-5m',
  '99999999999999999999999999E',
  '2026-11-30T00:00:00Z',
  '9999-99-99',
]);
/** Names that reach behind an object, or that a patch gives a meaning. */
const ODD_KEYS: readonly string[] = Object.freeze([
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '$patch',
  '$retainKeys',
  '$deleteFromPrimitiveList/args',
  '$setElementOrder/containers',
  'metadata',
  'spec',
  'status',
  'items',
  'apiVersion',
  'kind',
  '',
  ' ',
  'ключ',
]);
const DEEP = 3000;
const LONG = 2000;

export function pick<T>(random: RandomStream, from: readonly T[]): T {
  return from[random.integer(0, from.length - 1)] as T;
}

/** The value with some of its nodes replaced, removed, renamed or blown up. */
export function mutate(random: RandomStream, value: unknown, changes = random.integer(1, 3)): unknown {
  let result = value;
  for (let i = 0; i < changes; i++) result = mutateOnce(random, result);
  return result;
}

function mutateOnce(random: RandomStream, value: unknown): unknown {
  const goDeeper = random.next() < 0.8;
  if (Array.isArray(value) && value.length > 0 && goDeeper) {
    const at = random.integer(0, value.length - 1);
    return value.with(at, mutateOnce(random, value[at]));
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && goDeeper) {
    const entries = Object.entries(value);
    if (entries.length === 0) return oddValue(random);
    const at = random.integer(0, entries.length - 1);
    return fromEntries(changeEntry(random, entries, at));
  }
  return oddValue(random);
}

type Entries = readonly (readonly [string, unknown])[];

function changeEntry(random: RandomStream, entries: Entries, at: number): Entries {
  const [key, value] = entries[at] as readonly [string, unknown];
  const chance = random.next();
  if (chance < 0.1) return entries.toSpliced(at, 1);
  if (chance < 0.2) return entries.with(at, [pick(random, ODD_KEYS), value]);
  if (chance < 0.3) return [...entries, [pick(random, ODD_KEYS), oddValue(random)]];
  return entries.with(at, [key, mutateOnce(random, value)]);
}

/** `__proto__` becomes a key like any other, as JSON.parse makes it. */
function fromEntries(entries: Entries): object {
  const object = {};
  for (const [key, value] of entries) {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

export function oddValue(random: RandomStream): unknown {
  const chance = random.next();
  if (chance < 0.02) return nested(random.next() < 0.5);
  if (chance < 0.04) return Array.from({ length: LONG }, (_, i) => i);
  if (chance < 0.06) return fromEntries(ODD_KEYS.map((key) => [key, { polluted: true }]));
  return pick(random, ODD);
}

function nested(asArray: boolean): unknown {
  let value: unknown = 1;
  for (let depth = 0; depth < DEEP; depth++) value = asArray ? [value] : { a: value };
  return value;
}
