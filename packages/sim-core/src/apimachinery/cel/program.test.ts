import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCel } from './program.ts';
import { CelSyntaxError } from './tokens.ts';
import { CelError } from './values.ts';

const evaluate = (text: string, self: unknown = {}, left = 100_000) =>
  compileCel(text, ['self', 'oldSelf']).evaluate({ self, oldSelf: { a: 1 } }, { left });

describe('values', () => {
  test.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['7 / 2', 3],
    ['-7 / 2', -3],
    ['7 % 4', 3],
    ['1.5 + 1.5', 3],
    ['"a" + \'b\'', 'ab'],
    ['[1] + [2]', [1, 2]],
    ['{"a": 1}.a', 1],
    ['[1, 2, 3][1]', 2],
    ['true ? "yes" : "no"', 'yes'],
    ['!true || false', false],
    ['2 in [1, 2]', true],
    ['"a" in {"a": 1}', true],
    ['size("äöü")', 3],
    ['"abc".size()', 3],
    [String.raw`r'\d' + '\x41'`, String.raw`\dA`],
    ['"a-b".matches("^[a-z-]+$")', true],
    ['"a,b".split(",")', ['a', 'b']],
    ['["a", "b"].join("-")', 'a-b'],
    ['"hello".substring(1, 3)', 'el'],
    ['"tacocat".replace("t", "T", 1)', 'Tacocat'],
    ['string(3) + string(true)', '3true'],
    ['int("12") + 1', 13],
    ['duration("1m30s") > duration("89s")', true],
    ['duration("0") == duration("0s")', true],
    ['timestamp("2026-01-01T00:00:00Z") < timestamp("2026-01-01T00:00:01Z")', true],
    ['[3, 1, 2].max()', 3],
    ['[1, 2].sum()', 3],
    ['"%s is %d".format(["x", 3])', 'x is 3'],
    ['isURL("https://example.com") && isIP("::1") && !isCIDR("10.0.0.0/33")', true],
  ])('%s', (text, value) => {
    expect(evaluate(text)).toEqual(value);
  });
});

describe('objects', () => {
  const self = { items: [{ n: 1 }, { n: 2 }], map: { a: 1, b: 2 }, 'a.b': 'x', namespace: 'default' };

  test.each([
    ['has(self.items)', true],
    ['has(self.none)', false],
    ['self.items.all(i, i.n > 0)', true],
    ['self.items.exists(i, i.n > 1)', true],
    ['self.items.exists_one(i, i.n > 0)', false],
    ['self.items.filter(i, i.n > 1).map(i, i.n * 10)', [20]],
    ['self.items.map(i, i.n > 1, i.n)', [2]],
    ['self.map.all(key, self.map[key] > 0)', true],
    ['self.items.all(a, self.items.exists_one(b, a.n == b.n))', true],
    ['self.a__dot__b', 'x'],
    ['self.__namespace__', 'default'],
    ['self.?none.orValue(5)', 5],
    ['self.?map.?a.orValue(5)', 1],
    ['self.map == {"b": 2, "a": 1}', true],
  ])('%s', (text, value) => {
    expect(evaluate(text, self)).toEqual(value);
  });
});

describe('what has no value', () => {
  test.each([
    ['self.none', 'no such key: none'],
    ['[1][3]', 'index out of bounds: 3'],
    ['1 / 0', 'division by zero'],
    ['"a" < 1', 'no such overload'],
    ['self.none || false', 'no such key: none'],
  ])('%s', (text, message) => {
    expect(() => evaluate(text)).toThrow(new CelError(message));
  });

  test.each([
    'self.none || true',
    'true || self.none',
    '!(false && self.none)',
    '[1, 2].exists(i, i == 2 || self.none)',
  ])('what decides alone decides: %s', (text) => expect(evaluate(text)).toBe(true));
});

test.each(['1 +', 'self.', '(1', '"open', 'a b', '[1,,2]', '', ')'])('%s is no expression', (text) => {
  expect(() => compileCel(text, ['self'])).toThrow(CelSyntaxError);
});

test('what nobody knows is told', () => {
  expect(compileCel('self.a == other && quantity("1") == 1', ['self']).unknown).toEqual(['other', 'quantity()']);
  expect(compileCel('self.all(x, x > 1)', ['self']).unknown).toEqual([]);
});

test('whoever costs too much is stopped', () => {
  const many = `[${Array.from({ length: 60 }, (_, i) => i).join(',')}]`;
  const deep = `${many}.all(a, ${many}.all(b, ${many}.all(c, ${many}.all(d, a + b + c + d >= 0))))`;
  expect(() => evaluate(deep)).toThrow('operation cancelled: actual cost limit exceeded');
});

test('deep nesting is refused', () => {
  expect(() => compileCel('('.repeat(5000), [])).toThrow(CelSyntaxError);
  expect(() => evaluate(`${'['.repeat(5000)}1${']'.repeat(5000)}`)).toThrow(CelSyntaxError);
});

test('whatever the text, it is read or refused, and has a value or says why', () => {
  const word = fc.constantFrom(
    'self',
    '.a',
    '[0]',
    '1',
    '"x"',
    '+',
    '-',
    '&&',
    '||',
    '!',
    '(',
    ')',
    '?',
    ':',
    '.size()',
    ' in ',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      try {
        evaluate(words.join(''), { a: [1] });
      } catch (error) {
        if (!(error instanceof CelSyntaxError || error instanceof CelError)) throw error;
      }
    }),
  );
});
