import { parseTime } from '../../sim/clock.ts';
import { formatDate } from '../../workloads/calendar.ts';

/** `Thu, 01-Jan-26 00:00:00 GMT`, as nginx writes the end of a cookie (ngx_http_cookie_time). */
export function httpDate(milliseconds: number): string {
  const [weekday = '', month = '', day = '', time = '', , year = ''] = formatDate(milliseconds).split(/\s+/);
  return `${weekday}, ${day.padStart(2, '0')}-${month}-${year.slice(-2)} ${time} GMT`;
}

const MONTHS: readonly string[] = Object.freeze('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '));

/** `Thu, 01 Jan 2026 00:00:00 GMT` as milliseconds since the epoch; NaN for anything else (ngx_parse_http_time). */
export function parseHttpDate(text: string): number {
  const [, day = '', name = '', year = '', time = ''] =
    /^\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/.exec(text) ?? [];
  const month = MONTHS.indexOf(name) + 1;
  return month === 0 ? Number.NaN : parseTime(`${year}-${String(month).padStart(2, '0')}-${day}T${time}Z`);
}
