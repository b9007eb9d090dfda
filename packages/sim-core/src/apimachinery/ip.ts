/*
 * IP addresses as k8s.io/utils/net reads them. IPv4 is a number from 0 to 2^32 - 1, which is all that a single-stack
 * cluster calculates with; IPv6 is only recognised.
 */

const DECIMAL = /^\d{1,3}$/;
const HEX_GROUP = /^[0-9a-fA-F]{1,4}$/;

/** `10.96.0.1` as a number; undefined when it is no IPv4 address. Leading zeros are no decimal digits. */
export function parseIPv4(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (!DECIMAL.test(part) || (part.length > 1 && part.startsWith('0')) || Number(part) > 255) return undefined;
    value = value * 256 + Number(part);
  }
  return value;
}

/** The number as `10.96.0.1`. */
export function formatIPv4(value: number): string {
  return [value / 2 ** 24, value / 2 ** 16, value / 2 ** 8, value].map((part) => Math.floor(part) % 256).join('.');
}

function groupsOf(half: string): number | undefined {
  if (half === '') return 0;
  const parts = half.split(':');
  const last = parts.at(-1) as string;
  const groups = parts.length + (last.includes('.') ? 1 : 0);
  const valid = parts.every(
    (part, i) => HEX_GROUP.test(part) || (i === parts.length - 1 && parseIPv4(part) !== undefined),
  );
  return valid ? groups : undefined;
}

/** Whether the text is an IPv6 address: eight groups, one run of zeros may be `::`, the end may be an IPv4 address. */
export function isIPv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map(groupsOf);
  if (groups.includes(undefined)) return false;
  const total = (groups[0] ?? 0) + (groups[1] ?? 0);
  return halves.length === 2 ? total < 8 : total === 8;
}

/** `IPv4`, `IPv6`, or undefined when it is no address. */
export function ipFamilyOf(text: string): 'IPv4' | 'IPv6' | undefined {
  if (parseIPv4(text) !== undefined) return 'IPv4';
  return isIPv6(text) ? 'IPv6' : undefined;
}

/** An IPv4 network: all addresses from `first` to `last`, network and broadcast address included. */
export interface IPv4Network {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** `10.96.0.0/16`; undefined when it is no IPv4 network. Bits after the prefix are ignored. */
export function parseIPv4Network(text: string): IPv4Network | undefined {
  const [address = '', prefixText = '', ...rest] = text.split('/');
  const ip = parseIPv4(address);
  const prefix = Number(prefixText);
  if (ip === undefined || rest.length > 0 || !/^\d{1,2}$/.test(prefixText) || prefix > 32) return undefined;
  const size = 2 ** (32 - prefix);
  const first = Math.floor(ip / size) * size;
  return { first, last: first + size - 1, prefix };
}

/** Whether the text is a network of either family, `10.0.0.0/8` or `2001:db8::/64`. */
export function isCIDR(text: string): boolean {
  if (parseIPv4Network(text) !== undefined) return true;
  const [address = '', prefix = '', ...rest] = text.split('/');
  return isIPv6(address) && rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= 128;
}
