import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDate, formatLogTime } from './calendar.ts';
import { byteLength, escapeHtml } from './http-answer.ts';
import { goHeaders, nodeHeaders, pathOf, queryOf } from './request.ts';

test('byteLength counts as UTF-8 does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(byteLength(text)).toBe(new TextEncoder().encode(text).length);
    }),
  );
});

test('escapeHtml leaves no markup', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(escapeHtml(text)).not.toMatch(/[<>"']/);
    }),
  );
});

test('path and query of a request target', () => {
  expect([pathOf('/a/b?c=/d?e'), queryOf('/a/b?c=/d?e')]).toEqual(['/a/b', 'c=/d?e']);
  expect([pathOf('/'), queryOf('/')]).toEqual(['/', '']);
});

test('headers as Go and as Node show them', () => {
  const flat = ['host', 'a', 'x-forwarded-for', '1', 'X-Forwarded-For', '2', '__proto__', 'x'];
  expect(goHeaders(flat)).toEqual({ 'X-Forwarded-For': ['1', '2'], ['__proto__']: ['x'] });
  expect(nodeHeaders(flat)).toMatchObject({ host: 'a', 'x-forwarded-for': '1, 2' });
});

test('moments as logs and date print them', () => {
  const moment = Date.UTC(2026, 1, 3, 4, 5, 6);
  expect(formatLogTime(moment)).toBe('03/Feb/2026:04:05:06 +0000');
  expect(formatDate(moment)).toBe('Tue Feb  3 04:05:06 UTC 2026');
});
