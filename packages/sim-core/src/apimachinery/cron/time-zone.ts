import { dateOfDay, daysSince1970 } from '../timestamp.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What a clock on the wall shows; months count from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Reads the wall clock of a zone at a moment, in milliseconds since 1970. */
export type Zone = (moment: number) => WallTime;

/** Whether the IANA database knows the zone (time.LoadLocation): `Etc/UTC`, `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  // Intl takes offsets such as +01:00 too; Go does not.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    const known = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
    return known === name || known.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}

/** The zone of that name; UTC for none. The name must be one, see {@link isTimeZone}. */
export function zoneOf(name = 'UTC'): Zone {
  if (name === 'UTC') return utc;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (moment) =>
    Object.fromEntries(
      format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
    ) as unknown as WallTime;
}

/** Day of the week of a wall time, 0 for Sunday. */
export function weekdayOf({ year, month, day }: WallTime): number {
  return (((daysSince1970(year, month, day) + 4) % 7) + 7) % 7;
}

/** Midnight of the date in the zone; days and months may run over (time.Date). */
export function midnight(zone: Zone, { year, month, day }: Pick<WallTime, 'year' | 'month' | 'day'>): number {
  const wall = (daysSince1970(year + Math.floor((month - 1) / 12), ((month - 1) % 12) + 1, 1) + day - 1) * DAY;
  const first = wall - offsetAt(zone, wall);
  return wall - offsetAt(zone, first);
}

/** How far the zone's wall clock is ahead of UTC, in milliseconds. */
export function offsetAt(zone: Zone, moment: number): number {
  const { year, month, day, hour, minute, second } = zone(moment);
  const wall = daysSince1970(year, month, day) * DAY + hour * HOUR + minute * MINUTE + second * SECOND;
  return wall - Math.floor(moment / SECOND) * SECOND;
}

function utc(moment: number): WallTime {
  const days = Math.floor(moment / DAY);
  const rest = moment - days * DAY;
  return {
    ...dateOfDay(days),
    hour: Math.floor(rest / HOUR),
    minute: Math.floor((rest % HOUR) / MINUTE),
    second: Math.floor((rest % MINUTE) / SECOND),
  };
}
