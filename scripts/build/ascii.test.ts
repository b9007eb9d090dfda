import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { escapeNonAscii } from './ascii.ts';

test.each([
  '"5 – 7 ÷ 2"',
  "'😀'",
  '`${1} ↔ ${2}`',
  '/^[äöü–]+$/.test("äö–")',
  '/^[😀😁]$/u.test("😁")',
  '({ größe: 1 }).größe',
])('%s means the same when it is written in ASCII', (code) => {
  const escaped = escapeNonAscii(code);
  expect(escaped).toMatch(/^[\0-\x7f]+$/);
  expect(runInNewContext(escaped)).toEqual(runInNewContext(code));
});

test('what is ASCII stays as it is', () => {
  expect(escapeNonAscii('const a = "\\u2013\\n";')).toBe('const a = "\\u2013\\n";');
});
