import { headerValue } from '../../../workload.ts';
import type { Transfer } from './transfer.ts';
import { AGENT } from './version.ts';

/** Names and values by turns: curl's own, less or more what -H says. */
export function requestHeaders({ options }: Transfer, url: URL, body: string | undefined): string[] {
  const own: string[] = [];
  const removed: string[] = [];
  for (const header of options.values('H')) {
    const [, name = '', value = ''] = /^([^:;]+)[:;]\s*([\s\S]*)$/.exec(header) ?? [];
    if (name === '') continue;
    if (value === '' && header.includes(':')) removed.push(name.toLowerCase());
    else own.push(name, value.replace(/[\r\n]/g, ''));
  }
  const has = (name: string) => removed.includes(name) || headerValue(own, name) !== undefined;
  const headers: string[] = [];
  const add = (name: string, value: string) => (has(name.toLowerCase()) ? undefined : headers.push(name, value));
  add('Host', url.host);
  const user = options.value('u') ?? (url.username === '' ? undefined : `${url.username}:${url.password}`);
  if (user !== undefined) add('Authorization', `Basic ${btoa(unescape(encodeURIComponent(user)))}`);
  if (options.has('oauth2-bearer')) add('Authorization', `Bearer ${options.value('oauth2-bearer')}`);
  add('User-Agent', options.value('A') ?? AGENT);
  add('Accept', options.has('json') ? 'application/json' : '*/*');
  if (options.has('compressed')) add('Accept-Encoding', 'deflate, gzip, br, zstd');
  if (options.has('b')) add('Cookie', options.value('b') as string);
  if (options.has('e')) add('Referer', options.value('e') as string);
  headers.push(...own);
  if (body === undefined || options.has('G')) return headers;
  if (!options.has('T'))
    add('Content-Type', options.has('json') ? 'application/json' : 'application/x-www-form-urlencoded');
  return headers;
}
