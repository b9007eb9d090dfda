import { formatDate } from '../../calendar.ts';

/** Whether a text is an IPv4 address. */
export function isAddress(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}

/** `Thu, 01 Jan 2026 00:00:00 GMT` (RFC 9110, IMF-fixdate). */
export function httpDate(milliseconds: number): string {
  const [weekday = '', month = '', day = '', time = '', , year = ''] = formatDate(milliseconds).split(/\s+/);
  return `${weekday}, ${day.padStart(2, '0')} ${month} ${year} ${time} GMT`;
}

/** `5.0.244.10.in-addr.arpa`: the name that a PTR record of the address has. */
export function reverseName(address: string): string {
  return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
}
