import { formatDate } from '../../workloads/calendar.ts';

/** `Thu, 01-Jan-26 00:00:00 GMT`, as nginx writes the end of a cookie (ngx_http_cookie_time). */
export function httpDate(milliseconds: number): string {
  const [weekday = '', month = '', day = '', time = '', , year = ''] = formatDate(milliseconds).split(/\s+/);
  return `${weekday}, ${day.padStart(2, '0')}-${month}-${year.slice(-2)} ${time} GMT`;
}
