import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { goYaml } from './go-yaml.ts';

describe('YAML as kubectl prints it', () => {
  test('keys in natural order, lists not indented, empty things in brackets', () => {
    expect(goYaml({ b: [{ y: 1, x: [] }, 'z'], a: {}, item10: 1, item9: 2 })).toBe(
      'a: {}\nb:\n- x: []\n  "y": 1\n- z\nitem9: 2\nitem10: 1\n',
    );
  });

  test.each([
    ['plain', 'plain'],
    ['', '""'],
    ['true', '"true"'],
    ['no', '"no"'],
    ['1.5', '"1.5"'],
    ['010', '"010"'],
    ['1:30', '"1:30"'],
    ['2026-01-01T00:00:00Z', '"2026-01-01T00:00:00Z"'],
    ['10.96.0.1', '10.96.0.1'],
    ['a: b', "'a: b'"],
    ['a:b', 'a:b'],
    ['# a', "'# a'"],
    ['*.foo.com', "'*.foo.com'"],
    ["it's", "it's"],
    [' a', "' a'"],
    ['a\tb', '"a\\tb"'],
    ['-', "'-'"],
    ['{a}', "'{a}'"],
  ])('%j', (text, printed) => expect(goYaml({ k: text })).toBe(`k: ${printed}\n`));

  test('texts of several lines', () => {
    expect(goYaml({ k: 'a\nb\n' })).toBe('k: |\n  a\n  b\n');
    expect(goYaml({ k: 'a\nb' })).toBe('k: |-\n  a\n  b\n');
    expect(goYaml({ k: ['a\n\n'] })).toBe('k:\n- |+\n  a\n\n');
  });

  test('every JSON value is read back as it was', () => {
    const value = fc.object({
      maxDepth: 3,
      key: fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}$/),
      values: [fc.boolean(), fc.integer(), fc.constant(null), fc.stringMatching(/^[ -~]{0,12}$/)],
    });
    fc.assert(
      fc.property(value, (each) => {
        expect(load(goYaml(each))).toEqual(each);
      }),
    );
  });
});
