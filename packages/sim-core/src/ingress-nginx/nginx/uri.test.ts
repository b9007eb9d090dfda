import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseUri, toBytes } from './uri.ts';

describe('parseUri', () => {
  test.each([
    ['/', '/', undefined],
    ['/a/b', '/a/b', undefined],
    ['/a?', '/a', ''],
    ['/a?b=c&d', '/a', 'b=c&d'],
    ['/a?b?c', '/a', 'b?c'],
    ['/a#f', '/a', undefined],
    ['/a?b#f', '/a', 'b'],
    ['//a///b', '/a/b', undefined],
    ['/a//', '/a/', undefined],
    ['/./a/./b/.', '/a/b/', undefined],
    ['/a/../b', '/b', undefined],
    ['/a/b/..', '/a/', undefined],
    ['/a/..', '/', undefined],
    ['/.a/..b/...', '/.a/..b/...', undefined],
    ['/%61%62', '/ab', undefined],
    ['/a%2Fb', '/a/b', undefined],
    ['/a%2f%2e%2e%2fb', '/b', undefined],
    ['/a%20b', '/a b', undefined],
    ['/a%3Fb', '/a?b', undefined],
    ['/%C3%BC', '/\u00c3\u00bc', undefined],
    ['/a%25b', '/a%b', undefined],
  ])('%s', (target, path, args) => {
    expect(parseUri(target)).toEqual({ path, args });
  });

  test.each(['', 'a', '*', '/../x', '/a/../../x', '/%', '/%2', '/%zz', '/%00', '/a/%2e%2e/%2e%2e'])(
    '400: %s',
    (target) => {
      expect(parseUri(target)).toBeUndefined();
    },
  );

  test('a path that was normalised stays as it is, and never leaves the root', () => {
    const pieces = fc.constantFrom('a', 'b', '.', '..', '/', '//', '%2F', '%2e', '%61', '?', '#', ' ');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const uri = parseUri(`/${parts.join('')}`);
        if (uri === undefined) return;
        expect(uri.path).toMatch(/^\//);
        expect(uri.path).not.toMatch(/\/\/|\/\.\.?(\/|$)/);
        if (!/[?#%]/.test(uri.path)) expect(parseUri(uri.path)?.path).toBe(uri.path);
      }),
    );
  });
});

test('a path of the configuration is compared byte by byte', () => {
  expect(toBytes('/ü')).toBe(parseUri('/%C3%BC')?.path);
  expect(toBytes('/plain')).toBe('/plain');
});
