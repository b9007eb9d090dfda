import { formatTime } from '../sim/clock.ts';

const MONTHS = Object.freeze(['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']);
/** 1 January 1970 was a Thursday. */
const WEEKDAYS = Object.freeze(['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']);
const DAY = 86_400_000;

/** `01/Jan/2026:00:00:00 +0000`, as web servers log a moment. */
export function formatLogTime(milliseconds: number): string {
  const iso = formatTime(milliseconds);
  return `${iso.slice(8, 10)}/${monthOf(iso)}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}

/** `2026/01/01 00:00:00`, as nginx writes a moment into its error log. */
export function formatErrorTime(milliseconds: number): string {
  return formatTime(milliseconds).slice(0, 19).replaceAll('-', '/').replace('T', ' ');
}

/** `Thu Jan  1 00:00:00 UTC 2026`, as `date` prints a moment. */
export function formatDate(milliseconds: number): string {
  const iso = formatTime(milliseconds);
  const weekday = WEEKDAYS[Math.floor(milliseconds / DAY) % WEEKDAYS.length];
  const day = String(Number(iso.slice(8, 10))).padStart(2, ' ');
  return `${weekday} ${monthOf(iso)} ${day} ${iso.slice(11, 19)} UTC ${iso.slice(0, 4)}`;
}

function monthOf(iso: string): string | undefined {
  return MONTHS[Number(iso.slice(5, 7)) - 1];
}
