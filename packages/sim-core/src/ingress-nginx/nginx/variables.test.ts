import { describe, expect, test } from 'vitest';
import { HeaderNames } from './header-names.ts';
import { cookieVariable, httpVariable } from './variables.ts';

const names = new HeaderNames(false);

describe('$http_', () => {
  test.each<[string[], string, string | undefined]>([
    [['X-Canary', 'a'], 'x_canary', 'a'],
    [['x-CANARY', 'a'], 'x_canary', 'a'],
    [['x_canary', 'a'], 'x_canary', undefined],
    [['X-A', '1', 'X-A', '2'], 'x_a', '1, 2'],
    [['Cookie', 'a=1', 'Cookie', 'b=2'], 'cookie', 'a=1; b=2'],
    [['X-A', ''], 'x_a', ''],
    [['X-B', '1'], 'x_a', undefined],
  ])('%j %s', (headers, variable, value) => {
    expect(httpVariable(headers, variable, names)).toBe(value);
  });

  test('names with underscores count where underscores_in_headers is on', () => {
    expect(httpVariable(['x_canary', 'a'], 'x_canary', new HeaderNames(true))).toBe('a');
  });
});

describe('$cookie_', () => {
  test.each([
    ['c=always', 'always'],
    ['C=always', 'always'],
    ['a=1; c=always; b=2', 'always'],
    ['a=1;c=always', 'always'],
    ['a=1, c=always', 'always'],
    ['xc=1; c=always', 'always'],
    ['c = always', 'always'],
    ['c=', ''],
    ['cc=1', undefined],
    ['c', undefined],
    ['c=first; c=second', 'first'],
    ['a="c=1"', undefined],
  ])('%s', (line, value) => {
    expect(cookieVariable(['Cookie', line], 'c')).toBe(value);
  });

  test('the first header that has it counts', () => {
    expect(cookieVariable(['Cookie', 'a=1', 'cookie', 'c=2'], 'c')).toBe('2');
  });
});
