import { describe, expect, it } from 'vitest';
import { resolvePercent } from './int-or-string.ts';

describe('resolvePercent', () => {
  it.each<[number | string | undefined, number, boolean, number]>([
    [undefined, 10, true, 0],
    [3, 10, true, 3],
    ['25%', 10, true, 3],
    ['25%', 10, false, 2],
    ['25%', 3, true, 1],
    ['25%', 3, false, 0],
    ['0%', 10, true, 0],
    ['100%', 7, false, 7],
    ['29%', 100, false, 29],
  ])('%s of %s, up %s', (value, total, up, expected) => expect(resolvePercent(value, total, up)).toBe(expected));

  it.each(['25', 'abc', 'a%', '%', ' 5%'])('refuses %j', (value) => {
    expect(() => resolvePercent(value, 10, true)).toThrow('invalid value for IntOrString');
  });
});
