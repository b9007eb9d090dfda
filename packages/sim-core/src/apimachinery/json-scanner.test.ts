import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonSyntaxError, scanJson } from './json-scanner.ts';

describe('what is wrong is said in the words of encoding/json', () => {
  test.each([
    ['', 'unexpected end of JSON input'],
    ['{not json', "invalid character 'n' looking for beginning of object key string"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 "b":2}', `invalid character '"' after object key:value pair`],
    ['[1 2]', "invalid character '2' after array element"],
    ['{"a":NaN}', "invalid character 'N' looking for beginning of value"],
    ['{"a":tru}', "invalid character '}' in literal true (expecting 'e')"],
    ['{"a":01}', "invalid character '1' after object key:value pair"],
    ['{"a":1.}', "invalid character '}' after decimal point in numeric literal"],
    ['{"a":1e+}', "invalid character '}' in exponent of numeric literal"],
    ['{"a":-}', "invalid character '}' in numeric literal"],
    ['"a\nb"', "invalid character '\\n' in string literal"],
    ['"\\x"', "invalid character 'x' in string escape code"],
    ['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape"],
    ['{} x', "invalid character 'x' after top-level value"],
    ['{"a":"b', 'unexpected end of JSON input'],
    ['[1,2', 'unexpected end of JSON input'],
  ])('%s', (text, message) => {
    expect(() => scanJson(text)).toThrow(new JsonSyntaxError(message));
  });
});

test('keys that stand twice are found where they stand', () => {
  const text = '{"spec":{"replicas":1,"list":[{"a":1,"a":2}],"replicas":2}}';
  expect(scanJson(text)).toEqual(['spec.list[0].a', 'spec.replicas']);
});

test('what JSON.stringify writes is read, without duplicates', () => {
  fc.assert(fc.property(fc.json(), (text) => scanJson(text).length === 0));
});

test('agrees with JSON.parse on what is JSON', () => {
  const almost = fc.tuple(
    fc.json(),
    fc.nat(),
    fc.constantFrom('', '"', '{', '}', '[', ',', ':', '1', '\\', 'e', ' ', '-'),
  );
  fc.assert(
    fc.property(almost, ([text, place, inserted]) => {
      const at = place % (text.length + 1);
      const damaged = text.slice(0, at) + inserted + text.slice(at + 1);
      expect(accepts(() => scanJson(damaged))).toBe(accepts(() => JSON.parse(damaged)));
    }),
    { numRuns: 2000 },
  );
});

test('nesting without end is refused, and long texts are read', () => {
  expect(() => scanJson('['.repeat(1_000_000))).toThrow('exceeded max depth');
  expect(scanJson(`{"a":"${'x\\n'.repeat(1_000_000)}"}`)).toEqual([]);
});

function accepts(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
