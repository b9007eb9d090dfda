import { deepEqual } from '../apimachinery/deep.ts';
import { type FieldError, invalid, notSupported, required } from '../apimachinery/field-error.ts';
import { ipFamilyOf, isCIDR, parseIPv4 } from '../apimachinery/ip.ts';
import { isDNS1123Label, isDNS1123Subdomain, isQualifiedName } from '../apimachinery/validation/names.ts';
import { isValidPortName, isValidPortNum } from '../apimachinery/validation/values.ts';

/* The small checks that validation of every kind is made of (pkg/apis/core/validation/validation.go). */

/** One error at `path` for each message that a check had about the value. */
export function check(path: string, value: unknown, messages: readonly string[]): FieldError[] {
  return messages.map((message) => invalid(path, value, message));
}

/** A DNS label, `ValidateDNS1123Label`. */
export function checkLabel(path: string, value: string): FieldError[] {
  return check(path, value, isDNS1123Label(value));
}

/** A DNS subdomain, `ValidateDNS1123Subdomain`: also the names of most objects. */
export function checkSubdomain(path: string, value: string): FieldError[] {
  return check(path, value, isDNS1123Subdomain(value));
}

/** `name` or `prefix/name`, `ValidateQualifiedName`. */
export function checkQualifiedName(path: string, value: string): FieldError[] {
  return check(path, value, isQualifiedName(value));
}

/** Zero or more; an absent number is fine (`ValidateNonnegativeField`). */
export function checkNonNegative(path: string, value: number | undefined): FieldError[] {
  return value !== undefined && value < 0 ? [invalid(path, value, 'must be greater than or equal to 0')] : [];
}

/** A port number or the name of a container port, `ValidatePortNumOrName`; an absent one counts as 0. */
export function checkPort(path: string, port: number | string | undefined = 0): FieldError[] {
  return check(path, port, typeof port === 'string' ? isValidPortName(port) : isValidPortNum(port));
}

/** One of an enumeration: an empty value is missing, another one not supported. */
export function checkEnum(path: string, value: string | undefined, supported: readonly string[]): FieldError[] {
  if (!value) return [required(path)];
  return supported.includes(value) ? [] : [notSupported(path, value, supported)];
}

/** The protocols of ports, sorted as upstream prints them. */
export const PORT_PROTOCOLS: readonly string[] = Object.freeze(['SCTP', 'TCP', 'UDP']);

/** An IP address of either family (`IsValidIP`). */
export function checkIP(path: string, ip: string): FieldError[] {
  if (ipFamilyOf(ip) !== undefined) return [];
  return [invalid(path, ip, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')];
}

/** A network of either family (`IsValidCIDR`). */
export function checkCIDR(path: string, cidr: string): FieldError[] {
  if (isCIDR(cidr)) return [];
  return [invalid(path, cidr, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')];
}

/** Addresses that mean a node itself or nothing are no endpoints (`ValidateNonSpecialIP`); `ip` is valid already. */
export function checkNonSpecialIP(path: string, ip: string): FieldError[] {
  const reason = SPECIAL_RANGES.find(({ holds }) => holds(ip, parseIPv4(ip)))?.reason(ip);
  return reason === undefined ? [] : [invalid(path, ip, reason)];
}

const SPECIAL_RANGES = Object.freeze([
  {
    holds: (ip: string, v4?: number) => v4 === 0 || ip === '::',
    reason: (ip: string) => `may not be unspecified (${ip})`,
  },
  {
    holds: (ip: string, v4 = 0) => Math.floor(v4 / 2 ** 24) === 127 || ip === '::1',
    reason: () => 'may not be in the loopback range (127.0.0.0/8, ::1/128)',
  },
  {
    holds: (ip: string, v4 = 0) => Math.floor(v4 / 2 ** 16) === 0xa9fe || /^fe[89ab][0-9a-f]:/i.test(ip),
    reason: () => 'may not be in the link-local range (169.254.0.0/16, fe80::/10)',
  },
  {
    holds: (ip: string, v4 = 0) => Math.floor(v4 / 2 ** 8) === 0xe00000 || /^ff02:/i.test(ip),
    reason: () => 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
  },
]);

/** A field that an update left as it was (`ValidateImmutableField`). */
export function checkImmutable(path: string, value: unknown, old: unknown): FieldError[] {
  return deepEqual(value, old) ? [] : [invalid(path, value, 'field is immutable')];
}

/** One segment of a URL path (`IsPathSegmentName`): what names of roles and referenced kinds must be. */
export function isPathSegmentName(name: string): string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%'].filter((part) => name.includes(part)).map((part) => `may not contain '${part}'`);
}
