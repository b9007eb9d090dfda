/** What the proxy knows of a request header's name. */
export interface HeaderName {
  readonly lower: string;
  /** Name of the variable `$http_…`: lower case, `_` for `-`. */
  readonly variable: string;
  /** One of the `HEADER_` codes; 0 for a name that has no part in proxying. */
  readonly code: number;
  /** A bit of its own for a header that may stand once only; 0 for all others. */
  readonly onceBit: number;
}

/** Not a name that nginx passes on: characters outside letters, digits and `-` (ignore_invalid_headers). */
export const HEADER_INVALID = -1;
export const HEADER_HOST = 1;
export const HEADER_CONTENT_LENGTH = 2;
export const HEADER_TRANSFER_ENCODING = 3;
export const HEADER_UPGRADE = 4;
export const HEADER_X_REQUEST_ID = 5;
export const HEADER_X_FORWARDED_FOR = 6;
export const HEADER_X_FORWARDED_HOST = 7;
export const HEADER_X_FORWARDED_PORT = 8;
export const HEADER_X_FORWARDED_PROTO = 9;
/** Set by the proxy on every request to a pod, or never passed on: what the client sent is dropped. */
export const HEADER_REPLACED = 10;

const CODES: Readonly<Record<string, number>> = Object.freeze({
  host: HEADER_HOST,
  'content-length': HEADER_CONTENT_LENGTH,
  'transfer-encoding': HEADER_TRANSFER_ENCODING,
  upgrade: HEADER_UPGRADE,
  'x-request-id': HEADER_X_REQUEST_ID,
  'x-forwarded-for': HEADER_X_FORWARDED_FOR,
  'x-forwarded-host': HEADER_X_FORWARDED_HOST,
  'x-forwarded-port': HEADER_X_FORWARDED_PORT,
  'x-forwarded-proto': HEADER_X_FORWARDED_PROTO,
  connection: HEADER_REPLACED,
  'keep-alive': HEADER_REPLACED,
  te: HEADER_REPLACED,
  expect: HEADER_REPLACED,
  proxy: HEADER_REPLACED,
  'x-real-ip': HEADER_REPLACED,
  'x-scheme': HEADER_REPLACED,
  'x-forwarded-scheme': HEADER_REPLACED,
  'x-original-forwarded-for': HEADER_REPLACED,
  'x-original-forwarded-host': HEADER_REPLACED,
});

/** Headers that make a request a bad one when they stand twice (ngx_http_request.c, ngx_http_process_unique_header_line). */
const ONCE: readonly string[] = Object.freeze([
  'if-modified-since',
  'if-unmodified-since',
  'if-match',
  'if-none-match',
  'content-range',
  'if-range',
  'expect',
  'authorization',
]);

/** Names that are remembered; what comes after is looked up anew each time, so that made-up names cost no memory. */
const REMEMBERED = 1000;
const ANY = /(?:)/;
const VALID = /^[A-Za-z0-9-]+$/;
const VALID_WITH_UNDERSCORES = /^[A-Za-z0-9_-]+$/;

/** Looks names up by their spelling: clients send the same few names again and again. */
export class HeaderNames {
  readonly #names = new Map<string, HeaderName>();
  readonly #valid: RegExp;

  /**
   * @param underscoresInHeaders the nginx directive of that name: off drops `x_foo`
   * @param ignoreInvalidHeaders the same: off drops nothing
   */
  constructor(underscoresInHeaders: boolean, ignoreInvalidHeaders = true) {
    this.#valid = !ignoreInvalidHeaders ? ANY : underscoresInHeaders ? VALID_WITH_UNDERSCORES : VALID;
  }

  of(name: string): HeaderName {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const lower = name.toLowerCase();
    const code = this.#valid.test(name) ? (CODES[lower] ?? 0) : HEADER_INVALID;
    const once = ONCE.indexOf(lower);
    const made = { lower, variable: lower.replaceAll('-', '_'), code, onceBit: once < 0 ? 0 : 1 << once };
    if (this.#names.size < REMEMBERED) this.#names.set(name, made);
    return made;
  }
}
