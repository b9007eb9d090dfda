import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from './document.ts';
import { parseDocument } from './parse-document.ts';

function read(text: string): unknown {
  const parsed = parseDocument(text, DEFAULT_LIMITS);
  return 'value' in parsed ? parsed.value : parsed;
}

/** What `sigs.k8s.io/yaml` v1.4 makes of each scalar: goyaml.v2 resolve.go, decode_test.go. */
const SCALARS: readonly (readonly [string, unknown])[] = [
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((text) => [text, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((text) => [text, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((text) => [text, null] as const),
  ...['yEs', 'oN', 'tRUE', 'nUll', 'none', 'None', 'nil', 'T'].map((text) => [text, text] as const),
  ['0', 0],
  ['-0', 0],
  ['10', 10],
  ['+10', 10],
  ['-10', -10],
  ['010', 8],
  ['-010', -8],
  ['0o10', 8],
  ['0O17', 15],
  ['08', 8],
  ['0o8', '0o8'],
  ['0x1F', 31],
  ['0X1f', 31],
  ['-0x1f', -31],
  ['0xg', '0xg'],
  ['0b101', 5],
  ['-0b101', -5],
  ['0b2', '0b2'],
  ['1_000', 1000],
  ['0x_1F', 31],
  ['_1', '_1'],
  ['1:30', '1:30'],
  ['190:20:30.15', '190:20:30.15'],
  ['1.5', 1.5],
  ['1.', 1],
  ['.5', 0.5],
  ['-.5', -0.5],
  ['1e3', 1000],
  ['1E3', 1000],
  ['1e+3', 1000],
  ['6.8523015e+5', 685230.15],
  ['1e400', '1e400'],
  ['1.2.3', '1.2.3'],
  ['.', '.'],
  ['-', null],
  ['2001-01-01', '2001-01-01'],
  ['2001-12-14t21:59:43.10-05:00', '2001-12-14t21:59:43.10-05:00'],
  ['10.0.171.239', '10.0.171.239'],
  ['1.27', 1.27],
  ['100m', '100m'],
  ['128Mi', '128Mi'],
  ['5%', '5%'],
  ['"yes"', 'yes'],
  ["'010'", '010'],
  ['!!str 010', '010'],
  ['!!str yes', 'yes'],
  ['!!int "010"', 8],
  ['!!float 3', 3],
  ['!!bool "yes"', true],
  ['!!null ""', null],
  ['!!binary aGVsbG8=', 'hello'],
  ['!!timestamp 2001-01-01', '2001-01-01'],
  ['!unknown text', 'text'],
  ['!unknown [1]', [1]],
  ['!!set {a: }', { a: null }],
  ['12345678901234567890', 12345678901234567000],
];

describe('scalars as sigs.k8s.io/yaml reads them', () => {
  it.each(SCALARS.filter(([text]) => text !== '-'))('%s', (text, expected) => {
    expect(read(`key: ${text}`)).toEqual({ key: expected });
    expect(read(`- ${text}`)).toEqual([expected]);
  });

  it.each([
    ['on: push', { true: 'push' }],
    ['010: x', { 8: 'x' }],
    ['1.5: x', { 1.5: 'x' }],
    ['2001-01-01: x', { '2001-01-01': 'x' }],
    ['"y": x', { y: 'x' }],
  ])('turns keys into texts: %s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each(['.inf', '-.Inf', '+.INF', '.nan', '.NaN'])('refuses %s, which JSON does not have', (text) => {
    const infinite = expect.objectContaining({
      reason: expect.stringMatching(/^json: unsupported value: (?:[+-]Inf|NaN)$/),
    });
    expect(read(`a: ${text}`)).toMatchObject({ failure: infinite });
    expect(read(`- ${text}`)).toMatchObject({ failure: infinite });
  });

  it.each(['~: x', ': x', '? [a]\n: b', '? {a: b}\n: c'])('refuses a key that is no text: %s', (text) => {
    expect(read(text)).toMatchObject({ failure: { reason: 'unsupported map key' } });
  });
});

describe('structure', () => {
  it('merges <<, the own keys first', () => {
    const text = 'base: &base {a: 1, b: 2}\nmore: &more {b: 3, c: 4}\nx:\n  <<: [*base, *more]\n  a: 9\n';
    expect(read(text)).toMatchObject({ x: { a: 9, b: 2, c: 4 } });
  });

  it('gives every alias its own copy', () => {
    const value = read('a: &labels {app: web}\nb: *labels\n') as { a: object; b: object };
    expect(value).toEqual({ a: { app: 'web' }, b: { app: 'web' } });
    expect(value.a).not.toBe(value.b);
  });

  it.each([
    ['args: [\n  "a",\n  b\n]\n', { args: ['a', 'b'] }],
    ['spec:\n  args: [\n    a\n  ]\n  b: 1\n', { spec: { args: ['a'], b: 1 } }],
    ['a:\n- b: {\n  c: 1, # one\n  d: "2"\n  }\n- e\n', { a: [{ b: { c: 1, d: '2' } }, 'e'] }],
    ['a: "one\ntwo"\nb: 1\n', { a: 'one two', b: 1 }],
    ["a:\n  b: 'one\n\n  two'\n", { a: { b: 'one\ntwo' } }],
  ])('does not insist on indentation inside brackets and quotes, as go-yaml does not: %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['a: |\n  x\n  y\n', 'x\ny\n'],
    ['a: |-\n  x\n', 'x'],
    ['a: |+\n  x\n\n', 'x\n\n'],
    ['a: >\n  x\n  y\n\n  z\n', 'x y\nz\n'],
    ['a: |\n  # no comment\n', '# no comment\n'],
    ['a: |\r\n  x\r\n  y\r\n', 'x\ny\n'],
  ])('reads block texts: %j', (text, expected) => {
    expect(read(text)).toEqual({ a: expected });
  });
});

describe('limits', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}x${']'.repeat(depth)}`;

  it('allows a nesting of 100 and no more', () => {
    expect(read(nested(100))).toBeInstanceOf(Array);
    expect(read(nested(101))).toMatchObject({ finding: { reason: 'TooDeep' } });
  });

  it('counts the nesting that aliases add', () => {
    const chain = Array.from({ length: 120 }, (_, at) => `a${at}: &a${at} [${at > 0 ? `*a${at - 1}` : ''}]\n`).join('');
    expect(read(chain)).toMatchObject({ finding: { reason: 'TooManyAliases' } });
    const short = Array.from({ length: 40 }, (_, at) => `a${at}: &a${at} [[[${at > 0 ? `*a${at - 1}` : ''}]]]\n`).join(
      '',
    );
    expect(read(short)).toMatchObject({ finding: { reason: 'TooDeep' } });
  });

  it('allows 1,000 alias expansions and no more', () => {
    const aliases = (count: number) => `a: &a {x: 1}\nb: [${'*a, '.repeat(count)}]`;
    expect(read(aliases(1_000))).toMatchObject({ a: { x: 1 } });
    expect(read(aliases(1_001))).toMatchObject({ finding: { reason: 'TooManyAliases' } });
  });

  it('refuses an alias bomb without expanding it', () => {
    const names = 'abcdefghijklmnop'.split('');
    const lines = names.map(
      (name, at) => `${name}: &${name} [${Array(10).fill(at > 0 ? `*${names[at - 1]}` : 'lol')}]`,
    );
    expect(read(lines.join('\n'))).toMatchObject({ finding: { reason: 'TooManyAliases' } });
  });

  it('refuses few aliases of something large', () => {
    expect(read(`a: &a "${'x'.repeat(1_000_000)}"\nb: [${'*a, '.repeat(20)}]`)).toMatchObject({
      finding: { reason: 'TooManyAliases' },
    });
  });

  it.each(['a: &a [*a]', 'a: &a {b: {c: *a}}', 'a: *later\nb: &later 1', 'a: &x 1\nb: &x [*x]'])(
    'refuses an alias to something unfinished or unknown: %s',
    (text) => {
      expect(read(text)).toMatchObject({ finding: { message: expect.stringContaining('stands for nothing') } });
    },
  );
});

describe('keys with a meaning in JavaScript', () => {
  it.each(['__proto__: {polluted: true}', 'a: {"__proto__": 1}', '<<: {__proto__: {polluted: true}}'])(
    'refuses %s',
    (text) => {
      expect(read(text)).toMatchObject({ failure: { reason: 'reserved key __proto__' } });
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  it('takes constructor, prototype and the like for ordinary keys', () => {
    const value = read('constructor: {prototype: {polluted: true}}\ntoString: 1\nhasOwnProperty: 2\n');
    expect(Object.keys(value as object)).toEqual(['constructor', 'toString', 'hasOwnProperty']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
