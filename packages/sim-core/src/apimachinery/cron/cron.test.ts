import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextMoment } from './next.ts';
import { type CronSchedule, parseStandard } from './parse-standard.ts';
import { isTimeZone, zoneOf } from './time-zone.ts';

const schedule = (text: string) => parseStandard(text) as CronSchedule;
const next = (text: string, after: string, zone?: string) => {
  const moment = nextMoment(schedule(text), Date.parse(after), zoneOf(zone));
  return moment === undefined ? undefined : new Date(moment).toISOString().replace('.000', '');
};

describe('parseStandard', () => {
  test.each([
    ['', 'empty spec string'],
    ['* * * *', 'expected exactly 5 fields, found 4: [* * * *]'],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
    ['* * * * 7', 'end of range (7) above maximum (6): 7'],
    ['5-1 * * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
    ['1/2/3 * * * *', 'too many slashes: 1/2/3'],
    ['abc * * * *', 'failed to parse int from abc: strconv.Atoi: parsing "abc": invalid syntax'],
    ['@often', 'unrecognized descriptor: @often'],
    ['@every soon', 'failed to parse duration @every soon: time: invalid duration "soon"'],
    ['@every 5', 'failed to parse duration @every 5: time: missing unit in duration "5"'],
    ['@every 1d', 'failed to parse duration @every 1d: time: unknown unit "d" in duration "1d"'],
  ])('%s is refused', (text, message) => {
    expect(parseStandard(text)).toBe(message);
  });

  test('never hangs or throws', () => {
    const part = fc.stringMatching(/^[-*/?,0-9a-z]{1,8}$/);
    fc.assert(
      fc.property(fc.array(part, { minLength: 5, maxLength: 5 }), (parts) => {
        const parsed = parseStandard(parts.join(' '));
        if (typeof parsed !== 'string') nextMoment(parsed, 0);
      }),
    );
  });
});

describe('nextMoment', () => {
  test.each([
    ['*/15 * * * *', '2026-01-01T00:00:00Z', '2026-01-01T00:15:00Z'],
    ['*/15 * * * *', '2026-01-01T00:14:59.5Z', '2026-01-01T00:15:00Z'],
    ['0 9-17/4 * * mon-fri', '2026-01-02T17:30:00Z', '2026-01-05T09:00:00Z'],
    ['0 0 29 2 *', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['0 0 13 * fri', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'],
    ['0 0 31 jun *', '2026-01-01T00:00:00Z', undefined],
    ['@monthly', '2026-12-15T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['@every 90s', '2026-01-01T00:00:10.7Z', '2026-01-01T00:01:40Z'],
    ['TZ=America/New_York 0 0 * * *', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
  ])('%s after %s', (text, after, expected) => {
    if (text.startsWith('TZ')) expect(schedule(text)).toMatchObject({ zone: 'America/New_York' });
    else expect(next(text, after)).toBe(expected);
  });

  test('in a zone: a missing hour does not come, a doubled one comes twice (robfig/cron spec_test.go)', () => {
    const zone = 'America/New_York';
    expect(next('30 2 11 3 *', '2012-03-11T00:00:00-05:00', zone)).toBe('2013-03-11T06:30:00Z');
    expect(next('0 * * * *', '2012-03-11T01:00:00-05:00', zone)).toBe('2012-03-11T07:00:00Z');
    expect(next('30 1 4 11 *', '2012-11-04T01:45:00-04:00', zone)).toBe('2012-11-04T06:30:00Z');
    expect(next('0 9 * * *', '2026-07-01T00:00:00Z', 'Europe/Berlin')).toBe('2026-07-01T07:00:00Z');
  });

  test('is always later, and named by the schedule', () => {
    const field = (min: number, max: number) => fc.oneof(fc.constant('*'), fc.integer({ min, max }).map(String));
    const fields = fc.tuple(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 6));
    fc.assert(
      fc.property(fields, fc.integer({ min: 0, max: 4e12 }), (parts, after) => {
        const moment = nextMoment(schedule(parts.join(' ')), after) as number;
        const date = new Date(moment);
        expect(moment).toBeGreaterThan(after);
        expect(date.getUTCSeconds() + date.getUTCMilliseconds()).toBe(0);
        if (parts[0] !== '*') expect(date.getUTCMinutes()).toBe(Number(parts[0]));
        if (parts[1] !== '*') expect(date.getUTCHours()).toBe(Number(parts[1]));
        if (parts[3] !== '*') expect(date.getUTCMonth() + 1).toBe(Number(parts[3]));
      }),
    );
  });
});

test('time zones are those of the IANA database, in its spelling', () => {
  expect(['UTC', 'Etc/UTC', 'Europe/Berlin', 'US/Pacific'].map(isTimeZone)).toEqual([true, true, true, true]);
  expect(['europe/berlin', 'Mars/Base', '+01:00', ''].map(isTimeZone)).toEqual([false, false, false, false]);
});
