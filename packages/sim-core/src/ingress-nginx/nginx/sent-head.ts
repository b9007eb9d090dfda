import { headSize } from './proxy-buffers.ts';

/** `Date: Thu, 01 Jan 2026 00:00:00 GMT`, `Connection: keep-alive` and `Transfer-Encoding: chunked`, each with its line break. */
const DATE = 37;
const CONNECTION = 24;
const CHUNKED = 28;

/** Bytes of the head of an answer to a client of HTTP/1.1, with what its connection adds to these headers. */
export function sentHeadSize(status: number, headers: readonly string[]): number {
  let size = headSize(headers);
  let missing = DATE + CONNECTION + (status === 204 || status === 304 ? 0 : CHUNKED);
  for (let i = 0; i < headers.length; i += 2) missing -= saved((headers[i] as string).length, headers[i] as string);
  size += missing;
  return size;
}

function saved(length: number, name: string): number {
  if (length === 4) return name.toLowerCase() === 'date' ? DATE : 0;
  if (length === 10) return name.toLowerCase() === 'connection' ? CONNECTION : 0;
  return length === 14 && name.toLowerCase() === 'content-length' ? CHUNKED : 0;
}
