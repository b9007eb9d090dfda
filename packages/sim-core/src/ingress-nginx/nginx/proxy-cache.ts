import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { headerValue } from '../../workloads/workload.ts';
import type { HeaderNames } from './header-names.ts';
import { parseHttpDate } from './http-date.ts';
import { httpVariable } from './variables.ts';

/** An answer without its body, as the auth cache keeps it. */
export interface CachedAnswer {
  readonly status: number;
  readonly headers: readonly string[];
}

interface Entry extends CachedAnswer {
  /** Request time in milliseconds until which it may be used, and at which it was used last. */
  readonly validUntil: number;
  used: number;
  /** What the headers held that the answer varies with. */
  readonly varied: readonly (readonly [variable: string, value: string | undefined])[];
}

/** Entries of the real zone of 10 MB (nginx.tmpl, keys_zone=auth_cache:10m). */
const MOST_ENTRIES = 80_000;
/** Milliseconds without use after which an entry goes (nginx.tmpl, inactive=30m). */
const INACTIVE = 30 * 60_000;

/** What an auth service said, by `proxy_cache_key`; it outlives reloads, as the zone of nginx does (ngx_http_file_cache.c). */
export class ProxyCache {
  readonly #entries = new Map<string, Entry>();

  /** @param headers of the request that is asked, for an answer that varies with some of them */
  get(key: string, headers: readonly string[], names: HeaderNames, now: number): CachedAnswer | undefined {
    const name = nameOf(key);
    const entry = this.#entries.get(name);
    if (entry === undefined) return undefined;
    if (entry.validUntil <= now || entry.used + INACTIVE <= now) {
      this.#entries.delete(name);
      return undefined;
    }
    if (entry.varied.some(([variable, value]) => httpVariable(headers, variable, names) !== value)) return undefined;
    entry.used = now;
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    return entry;
  }

  /** Keeps an answer where its headers, or else `proxy_cache_valid`, say for how long. */
  put(
    key: string,
    answer: CachedAnswer,
    request: { readonly headers: readonly string[]; readonly names: HeaderNames },
    valid: readonly (readonly [status: number, seconds: number])[],
    now: number,
  ): void {
    const seconds = secondsOf(answer, valid, now);
    const vary = (headerValue(answer.headers, 'vary') ?? '').split(',').map((name) => name.trim());
    if (seconds <= 0 || vary.includes('*')) return;
    const varied = vary
      .filter((name) => name !== '')
      .map((name) => name.toLowerCase().replaceAll('-', '_'))
      .map((variable) => [variable, httpVariable(request.headers, variable, request.names)] as const);
    const { status, headers } = answer;
    this.#entries.set(nameOf(key), { status, headers, validUntil: now + seconds * 1000, used: now, varied });
    if (this.#entries.size > MOST_ENTRIES) this.#entries.delete(this.#entries.keys().next().value as string);
  }
}

/** As the Lua of the release makes it, so that no key is long (rootfs/etc/nginx/lua/nginx/ngx_conf_rewrite_auth.lua). */
function nameOf(key: string): string {
  return bytesToHex(sha1(new TextEncoder().encode(key)));
}

/** X-Accel-Expires beats Cache-Control, which beats Expires, which beats the directive (ngx_http_upstream.c). */
function secondsOf(
  { status, headers }: CachedAnswer,
  valid: readonly (readonly [status: number, seconds: number])[],
  now: number,
): number {
  if (headerValue(headers, 'set-cookie') !== undefined) return 0;
  const accel = headerValue(headers, 'x-accel-expires');
  if (accel !== undefined && /^\d+$/.test(accel)) return Number(accel);
  if (accel !== undefined && /^@\d+$/.test(accel)) return Number(accel.slice(1)) - now / 1000;
  const own =
    fromCacheControl(headerValue(headers, 'cache-control')) ?? fromExpires(headerValue(headers, 'expires'), now);
  return own ?? valid.find(([each]) => each === 0 || each === status)?.[1] ?? 0;
}

function fromCacheControl(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/no-cache|no-store|private/i.test(value)) return 0;
  const [, seconds] = /s-maxage=(\d+)/i.exec(value) ?? /max-age=(\d+)/i.exec(value) ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}

function fromExpires(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const time = parseHttpDate(value);
  return Number.isNaN(time) ? 0 : (time - now) / 1000;
}

/** Seconds in nginx's units of time (ngx_parse_time). */
const UNITS: Readonly<Record<string, number>> = Object.freeze({
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
});
/** What `proxy_cache_valid` with a time alone is for. */
const WITHOUT_STATUS: readonly number[] = Object.freeze([200, 301, 302]);

/** `200 202 5m`: seconds by status. @throws Error in nginx's words for what it would refuse (ngx_http_file_cache_valid_set_slot) */
export function parseCacheTime(text: string): (readonly [status: number, seconds: number])[] {
  const words = text.split(' ').filter((word) => word !== '');
  const time = words.pop() ?? '';
  const [, amount = '', unit = ''] = /^(\d+)([smhdwMy])$/.exec(time) ?? [];
  if (amount === '') throw new Error(`nginx: [emerg] invalid time value "${time}"`);
  const seconds = Number(amount) * (UNITS[unit] as number);
  const statuses = words.length === 0 ? WITHOUT_STATUS : words.map(statusOf);
  return statuses.map((status) => [status, seconds]);
}

function statusOf(word: string): number {
  const status = word === 'any' ? 0 : /^\d+$/.test(word) ? Number(word) : Number.NaN;
  if (status === 0 || (status >= 100 && status <= 599)) return status;
  throw new Error(`nginx: [emerg] invalid status "${word}"`);
}
