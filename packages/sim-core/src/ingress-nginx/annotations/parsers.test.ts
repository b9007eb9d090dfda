import { describe, expect, test } from 'vitest';
import { InvalidValue } from './define-annotation.ts';
import { parseBool, parseInteger, parseOffset, parseOption, parseSeconds, parseSize, parseText } from './parsers.ts';

const invalid = expect.any(InvalidValue);

describe('strconv.ParseBool', () => {
  test.each(['1', 't', 'T', 'true', 'TRUE', 'True'])('%s', (value) => expect(parseBool(value)).toBe(true));
  test.each(['0', 'f', 'F', 'false', 'FALSE', 'False'])('%s', (value) => expect(parseBool(value)).toBe(false));
  test.each(['', 'yes', 'on', 'tRUE', '2'])('%j is none', (value) => expect(parseBool(value)).toEqual(invalid));
});

describe('strconv.Atoi', () => {
  test.each([
    ['5', 5],
    ['-1', -1],
    ['+7', 7],
    ['007', 7],
    ['0', 0],
  ] as const)('%s', (value, expected) => expect(parseInteger(value)).toBe(expected));
  test.each(['', '5%', '5.0', '1e3', '0x10', '99999999999999999999', ' 5', '5s'])('%j is none', (value) =>
    expect(parseInteger(value)).toEqual(invalid),
  );
});

test('seconds have no unit', () => {
  expect(parseSeconds('60')).toBe(60_000);
  expect(parseSeconds('60s')).toEqual(invalid);
});

describe('sizes', () => {
  test.each([
    ['0', 0],
    ['15', 15],
    ['8k', 8192],
    ['8K', 8192],
    ['1m', 1024 ** 2],
    [' 1m', 1024 ** 2],
  ] as const)('%s', (value, expected) => {
    expect(parseSize(value)).toBe(expected);
    expect(parseOffset(value)).toBe(expected);
  });
  test('gigabytes are for offsets', () => {
    expect(parseOffset('2G')).toBe(2 * 1024 ** 3);
    expect(parseSize('2G')).toBeNaN();
  });
  test.each(['15b', '15B', '1 m'])('%s passes the controller, and nginx does not know it', (value) =>
    expect(parseOffset(value)).toBeNaN(),
  );
  test.each(['', 'big', '1.5m', '10t', '1mb', '-1', '1m\n'])('%j is none', (value) =>
    expect(parseSize(value)).toEqual(invalid),
  );
});

test('one of a few words', () => {
  expect(parseOption('on', 'off')(' on ')).toBe('on');
  for (const value of ['On', 'true', '']) expect(parseOption('on', 'off')(value)).toEqual(invalid);
});

test('characters that may stand in a text', () => {
  expect(parseText('basic')(' X-Canary_1:~/.a b ')).toBe('X-Canary_1:~/.a b');
  for (const mark of [',', '=', '*', '^', '!', ';', '%']) expect(parseText('basic')(`a${mark}`)).toEqual(invalid);
  expect(parseText('regex')('^(a|b)[0-9]+\\.x$')).toBe('^(a|b)[0-9]+\\.x$');
  for (const mark of [',', ' ', '!', '<', '#', '@', '"', "'", ';', '%'])
    expect(parseText('regex')(`a${mark}`)).toEqual(invalid);
});
