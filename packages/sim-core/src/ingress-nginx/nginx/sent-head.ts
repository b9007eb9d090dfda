import { headSize } from './proxy-buffers.ts';

/** `Date: Thu, 01 Jan 2026 00:00:00 GMT`, `Connection: keep-alive` and `Transfer-Encoding: chunked`, each with its line break. */
const DATE = 37;
const CONNECTION = 24;
const CHUNKED = 28;

/** Bytes of the head of an answer to a client of HTTP/1.1, with what its connection adds to these headers. */
export function sentHeadSize(status: number, headers: readonly string[]): number {
  let added = DATE + CONNECTION + (status === 204 || status === 304 ? 0 : CHUNKED);
  for (let i = 0; i < headers.length; i += 2) added -= savedBy(headers[i] as string);
  return headSize(headers) + added;
}

/** By length first: it runs for every header. */
function savedBy(name: string): number {
  if (name.length === 4) return name.toLowerCase() === 'date' ? DATE : 0;
  if (name.length === 10) return name.toLowerCase() === 'connection' ? CONNECTION : 0;
  return name.length === 14 && name.toLowerCase() === 'content-length' ? CHUNKED : 0;
}
