import type { Requested } from '../route.ts';

const UPPER_CASE = /^[A-Z_-]+$/;

/**
 * Reads the headers of a stream as nginx does (ngx_http_v2.c): the authority becomes the Host header, pieces of the
 * cookie become one, at the end.
 * @param raw flat, pseudo headers first, one character a byte
 * @returns undefined for a request that nginx refuses: CONNECT, and methods that are not in upper case
 */
export function readRequestHead(raw: readonly string[]): Requested | undefined {
  const headers: string[] = [];
  let [method, target, host, cookie] = ['', '', '', ''];
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i] as string;
    const value = raw[i + 1] as string;
    if (name === ':method') method = value;
    else if (name === ':path') target = value;
    else if (name === 'cookie') cookie = cookie === '' ? value : `${cookie}; ${value}`;
    else if (name === ':authority' || name === 'host') {
      host ||= value;
      headers.push('host', value);
    } else if (name !== ':scheme') headers.push(name, value);
  }
  if (cookie !== '') headers.push('cookie', cookie);
  if (target === '' || !UPPER_CASE.test(method)) return undefined;
  return { method, target, version: '2.0', headers, host };
}
