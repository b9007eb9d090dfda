import type { OutgoingHttpHeaders } from 'node:http2';
import { headerValue, isHeaderName } from '../http1/response-head.ts';

/** Headers of a connection, which HTTP/2 has no place for (RFC 9113, 8.2.2). */
const OF_CONNECTION: ReadonlySet<string> = Object.freeze(
  new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade', 'http2-settings', 'te']),
);
/** Headers of answers that stand once (node:http2 insists); the first one counts. */
const SINGLE: ReadonlySet<string> = Object.freeze(
  new Set([
    ...['access-control-allow-credentials', 'access-control-max-age', 'age', 'content-encoding', 'content-language'],
    ...[
      'content-length',
      'content-location',
      'content-md5',
      'content-range',
      'content-type',
      'date',
      'etag',
      'expires',
    ],
    ...['last-modified', 'location', 'retry-after', 'tk', 'x-content-type-options'],
  ]),
);

/**
 * Headers of an answer as node:http2 takes them: lower case, several values as a list.
 * @param headers flat; what cannot stand in a header is left out, what is no Latin-1 becomes UTF-8
 * @param date value of the header Date where the program set none
 */
export function responseHeaders(status: number, headers: readonly string[], date: string): OutgoingHttpHeaders {
  const values = new Map<string, string[]>();
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = (headers[i] as string).toLowerCase();
    if (!isHeaderName(name) || OF_CONNECTION.has(name)) continue;
    const known = values.get(name);
    const value = headerValue(headers[i + 1] as string);
    if (known === undefined) values.set(name, [value]);
    else if (!SINGLE.has(name)) known.push(value);
  }
  if (status === 204) values.delete('content-length');
  const result: OutgoingHttpHeaders = { ':status': status, date };
  for (const [name, list] of values) result[name] = list.length === 1 ? (list[0] as string) : list;
  return result;
}

/** Headers behind the body; what cannot stand in a header is left out. */
export function trailingHeaders(flat: readonly string[]): OutgoingHttpHeaders {
  const trailers: OutgoingHttpHeaders = {};
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const name = (flat[i] as string).toLowerCase();
    if (isHeaderName(name) && !OF_CONNECTION.has(name)) trailers[name] = headerValue(flat[i + 1] as string);
  }
  return trailers;
}
