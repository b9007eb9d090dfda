import { type FieldError, invalid, required } from '../../../../apimachinery/field-error.ts';
import { byteLength } from '../../../../apimachinery/validation/messages.ts';
import { isDNS1123SubdomainWithUnderscore } from '../../../../apimachinery/validation/names.ts';
import { check, checkIP } from '../../../checks.ts';
import type { PodSpec } from '../pod-spec.ts';

const MAX_SEARCH_CHARS = 2048;

/** `validatePodDNSConfig` */
export function validateDnsConfig({ dnsPolicy, dnsConfig }: PodSpec, path: string): FieldError[] {
  const { nameservers = [], searches = [], options = [] } = dnsConfig ?? {};
  if (dnsPolicy === 'None' && dnsConfig === undefined) {
    return [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')];
  }
  if (dnsPolicy === 'None' && nameservers.length === 0) {
    return [required(`${path}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None')];
  }
  const tooLong = `must not have more than ${MAX_SEARCH_CHARS} characters (including spaces) in the search list`;
  const tooMany = (field: string, values: string[], max: number, what: string): FieldError[] =>
    values.length > max ? [invalid(`${path}.${field}`, values, `must not have more than ${max} ${what}`)] : [];
  return [
    ...tooMany('nameservers', nameservers, 3, 'nameservers'),
    ...nameservers.flatMap((ip, i) => checkIP(`${path}.nameservers[${i}]`, ip)),
    ...tooMany('searches', searches, 32, 'search paths'),
    ...(byteLength(searches.join(' ')) > MAX_SEARCH_CHARS ? [invalid(`${path}.searches`, searches, tooLong)] : []),
    ...searches.flatMap((name, i) => validateSearch(name, `${path}.searches[${i}]`)),
    ...options.flatMap(({ name }, i) => (name ? [] : [required(`${path}.options[${i}]`, 'must not be empty')])),
  ];
}

/** Underscores and the root alone are fine too (RelaxedDNSSearchValidation, on since v1.33). */
function validateSearch(search: string, path: string): FieldError[] {
  if (search === '.') return [];
  const name = search.replace(/\.$/, '');
  return check(path, name, isDNS1123SubdomainWithUnderscore(name));
}
