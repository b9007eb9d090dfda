import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64Error } from './go-base64.ts';
import { RFC3339, RFC3339_MICRO, timeError } from './go-time.ts';

describe('base64Error', () => {
  it.each<[string, number | undefined]>([
    ['', undefined],
    ['aGk=', undefined],
    ['aG\nk=\r\n', undefined],
    ['aGk', 0],
    ['aGkaG', 4],
    ['hello world', 5],
    ['pass!', 4],
    ['=', 0],
    ['a===', 1],
    ['ab=', 3],
    ['ab=c', 2],
    ['aGk=x', 4],
    ['aGk==', 4],
    ['ä', 0],
  ])('%j → %s', (text, at) => {
    expect(base64Error(text)).toBe(at === undefined ? undefined : `illegal base64 data at input byte ${at}`);
  });

  it('accepts everything that an encoder writes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(base64Error(Buffer.from(bytes).toString('base64'))).toBeUndefined();
      }),
    );
  });
});

describe('timeError', () => {
  it.each(['2026-01-01T00:00:00Z', '2024-02-29T23:59:59.123456789+05:30', '0001-01-01T0:00:00Z'])(
    'takes %s',
    (text) => {
      expect(timeError(text, RFC3339)).toBeUndefined();
    },
  );

  it.each<[string, string]>([
    ['', 'parsing time "" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "2006"'],
    [
      '2026-1-01T00:00:00Z',
      'parsing time "2026-1-01T00:00:00Z" as "2006-01-02T15:04:05Z07:00": cannot parse "1-01T00:00:00Z" as "01"',
    ],
    ['2026-01-01', 'parsing time "2026-01-01" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T"'],
    [
      '2026-01-01T00:00:00',
      'parsing time "2026-01-01T00:00:00" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "Z07:00"',
    ],
    ['2026-13-01T00:00:00Z', 'parsing time "2026-13-01T00:00:00Z": month out of range'],
    ['2026-02-29T00:00:00Z', 'parsing time "2026-02-29T00:00:00Z": day out of range'],
    ['2026-04-31T00:00:00Z', 'parsing time "2026-04-31T00:00:00Z": day out of range'],
    ['2026-01-01T24:00:00Z', 'parsing time "2026-01-01T24:00:00Z": hour out of range'],
    ['2026-01-01T00:00:00Zx', 'parsing time "2026-01-01T00:00:00Zx": extra text: "x"'],
  ])('%j', (text, message) => expect(timeError(text, RFC3339)).toBe(message));

  it('wants six digits of a MicroTime', () => {
    expect(timeError('2026-01-01T00:00:00.123456Z', RFC3339_MICRO)).toBeUndefined();
    expect(timeError('2026-01-01T00:00:00Z', RFC3339_MICRO)).toContain('cannot parse "Z" as ".000000"');
  });
});
