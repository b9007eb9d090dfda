const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Milliseconds since 1970 of an API timestamp (RFC 3339); NaN when it is none. Reads the text, never a clock. */
export function parseTimestamp(text: string): number {
  const match = RFC3339.exec(text);
  if (match === null) return Number.NaN;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1, 7).map(Number);
  const fraction = Number(match[7] ?? 0) * 1000;
  const clock = ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction;
  return daysSince1970(year, month, day) * DAY + clock - offsetOf(match[8] ?? 'Z');
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return (zone.startsWith('-') ? -minutes : minutes) * MINUTE;
}

/** Days from 1970-01-01 to a date of the Gregorian calendar, counted in years that begin in March, so that the leap day comes last. */
export function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const monthFromMarch = (month + 9) % 12;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return 365 * shifted + leapDays + Math.floor((153 * monthFromMarch + 2) / 5) + day - 1 - 719_468;
}

/** An API timestamp in whole seconds (`2026-01-01T00:00:00Z`) of milliseconds since 1970; for the years 0 to 9999. */
export function formatTimestamp(milliseconds: number): string {
  const days = Math.floor(milliseconds / DAY);
  const seconds = Math.floor((milliseconds - days * DAY) / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${dateText(days)}T${clock.map((part) => String(part).padStart(2, '0')).join(':')}Z`;
}

function dateText(days: number): string {
  const { year, month, day } = dateOfDay(days);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The inverse of daysSince1970, era by era of 400 years: the date that many days after 1970-01-01: year, month from 1, day. */
export function dateOfDay(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = ((monthFromMarch + 2) % 12) + 1;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}
