import { InvalidValue } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

/*
 * What annotations and ConfigMap keys of external authentication share (internal/ingress/annotations/authreq/main.go).
 */

const URL_CHARACTERS = parseText('urlWithVariables');

/** A URL of any scheme; characters that may not stand in one keep the Ingress from being loaded (annotations/parser, StringToURL). */
export function parseServiceUrl(value: string): string | InvalidValue {
  const url = URL_CHARACTERS(value);
  if (url instanceof InvalidValue) return new InvalidValue(url.reason, 'drop');
  const wrong = wrongInUrl(url);
  return wrong === undefined ? url : new InvalidValue(`could not parse auth-url annotation: ${wrong}`);
}

function wrongInUrl(url: string): string | undefined {
  const [, scheme = '', host = ''] = /^(?:([A-Za-z][\w.+-]*):)?(?:\/\/([^/?#]*))?/.exec(url) ?? [];
  if (scheme === '') return 'url scheme is empty';
  if (host === '') return 'url host is empty';
  return host.includes('..') ? 'invalid url host' : undefined;
}

const METHODS = /^(GET|HEAD|POST|PUT|PATCH|DELETE|CONNECT|OPTIONS|TRACE)$/;

/** ValidMethod. */
export function parseMethod(value: string): string | InvalidValue {
  return METHODS.test(value) ? value : new InvalidValue('invalid HTTP method');
}

/** ValidHeader. */
export function isHeaderName(name: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(name);
}

/** Words between commas, without blanks around them. */
export function splitList(value: string): string[] {
  return value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** What `auth-cache-duration` is without a value (DefaultCacheDuration). */
export const DEFAULT_CACHE_DURATIONS: readonly string[] = Object.freeze(['200 202 401 5m']);

/** Lists of statuses, each with a time behind it (ParseStringToCacheDurations). */
export function parseCacheDurations(value: string): readonly string[] | InvalidValue {
  const durations = splitList(value);
  const wrong = durations.find((duration) => !isCacheDuration(duration));
  if (wrong !== undefined) return new InvalidValue(`invalid cache duration: ${wrong}`);
  return durations.length === 0 ? DEFAULT_CACHE_DURATIONS : durations;
}

/** At least one time, and no status behind one; words that are neither are passed over (ValidCacheDuration). */
function isCacheDuration(duration: string): boolean {
  const words = duration.split(' ').map((word) => {
    if (/^\d{3}$/.test(word)) return 'status';
    return /^\d+(ms|[smhdwMy])$/.test(word) ? 'time' : '';
  });
  const time = words.indexOf('time');
  return time >= 0 && words.lastIndexOf('status') < time;
}

/** The address to come back to goes along, unless the URL has one already (template.go, buildAuthSignURL). */
export function signinUrl(url: string, param: string): string {
  if (url === '') return '';
  const query = url.includes('?') ? url.slice(url.indexOf('?') + 1) : '';
  if (query.split('&').some((pair) => pair.startsWith(`${param}=`) && pair.length > param.length + 1)) return url;
  return `${url}${query === '' ? '?' : '&'}${param}=$pass_access_scheme://$http_host$escaped_request_uri`;
}
