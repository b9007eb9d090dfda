import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatTimestamp, parseTimestamp } from './timestamp.ts';

test('reads every time as Date does', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }),
      (date) => {
        expect(parseTimestamp(date.toISOString())).toBe(date.getTime());
      },
    ),
  );
});

test('reads offsets', () => {
  expect(parseTimestamp('2026-01-01T01:30:00+01:30')).toBe(Date.UTC(2026, 0, 1));
  expect(parseTimestamp('2025-12-31T19:00:00-05:00')).toBe(Date.UTC(2026, 0, 1));
});

test('what is no timestamp is no number', () => {
  expect(parseTimestamp('yesterday')).toBeNaN();
  expect(parseTimestamp('2026-01-01')).toBeNaN();
});

test('writes every second as Date does', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }), (second) => {
      expect(formatTimestamp(second * 1000)).toBe(new Date(second * 1000).toISOString().replace('.000', ''));
    }),
  );
});
