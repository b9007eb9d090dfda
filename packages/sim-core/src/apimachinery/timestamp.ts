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

/** The Gregorian calendar in years that begin in March, so that the leap day comes last. */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const monthFromMarch = (month + 9) % 12;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return 365 * shifted + leapDays + Math.floor((153 * monthFromMarch + 2) / 5) + day - 1 - 719_468;
}
