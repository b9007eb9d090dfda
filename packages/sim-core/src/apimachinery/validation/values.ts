import { type FieldError, invalid, required } from '../field-error.ts';
import { inclusiveRangeError, maxLenError, regexError } from './messages.ts';
import { isDNS1123Subdomain } from './names.ts';

/* Further checks of k8s.io/apimachinery/pkg/util/validation/validation.go; same answers as in names.ts. */

const PERCENT = '[0-9]+%';
const PERCENT_PATTERN = new RegExp(`^${PERCENT}$`);
const HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const HTTP_PATH_PATTERN = new RegExp(`^${HTTP_PATH}$`);
const PORT_NAME_MAX = 15;

/** A whole number from `min` to `max`. */
function isInRange(value: number, min: number, max: number): string[] {
  return value >= min && value <= max ? [] : [inclusiveRangeError(min, max)];
}

/** A port number, 1 to 65535. */
export function isValidPortNum(port: number): string[] {
  return isInRange(port, 1, 65535);
}

/** A container port's name: lower case, at most 15 characters, at least one letter. */
export function isValidPortName(port: string): string[] {
  const errors: string[] = [];
  if (port.length > PORT_NAME_MAX) errors.push(maxLenError(PORT_NAME_MAX));
  if (!/^[-a-z0-9]+$/.test(port)) errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(port)) errors.push('must contain at least one letter (a-z)');
  if (port.includes('--')) errors.push('must not contain consecutive hyphens');
  if (port.startsWith('-') || port.endsWith('-')) errors.push('must not begin or end with a hyphen');
  return errors;
}

/** A percentage, `25%`. */
export function isValidPercent(percent: string): string[] {
  if (PERCENT_PATTERN.test(percent)) return [];
  return [
    regexError("a valid percent string must be a numeric string followed by an ending '%'", PERCENT, '1%', '93%'),
  ];
}

/** A path with a domain in front, `k8s.io/ingress-nginx` (`IsDomainPrefixedPath`). */
export function isDomainPrefixedPath(field: string, value: string): FieldError[] {
  if (value === '') return [required(field)];
  const slash = value.indexOf('/');
  const host = value.slice(0, Math.max(slash, 0));
  const path = value.slice(slash + 1);
  if (host === '' || path === '') {
    return [invalid(field, value, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  }
  const errors = isDNS1123Subdomain(host).map((message) => invalid(field, host, message));
  if (!HTTP_PATH_PATTERN.test(path)) errors.push(invalid(field, path, regexError('Invalid path', HTTP_PATH)));
  return errors;
}
