import type { MalformedRequest } from '../../../workloads/workload.ts';

/** `GET /path HTTP/1.1`, taken apart. */
export interface RequestLine {
  readonly method: string;
  /** As it was sent: origin form, absolute form, an authority (CONNECT), or `*`. */
  readonly target: string;
  /** `1.1`, `1.0` …; `0.9` for a line without version. */
  readonly version: string;
}

const SPACE = 0x20;
const DELETE = 0x7f;
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
const LOW_LINE = 0x5f;
const HYPHEN = 0x2d;

/**
 * Reads a request line as nginx does (ngx_http_parse.c, ngx_http_parse_request_line): methods are made of upper-case
 * letters, `_` and `-`; blanks may be doubled between the parts, but stand nowhere inside of the target.
 * @param text the line without its end
 */
export function parseRequestLine(text: string): RequestLine | MalformedRequest {
  const afterMethod = endOfMethod(text);
  if (afterMethod < 1) return 'bad-request';
  const start = skipSpaces(text, afterMethod);
  const end = endOfTarget(text, start);
  if (end <= start) return 'bad-request';
  const method = text.slice(0, afterMethod);
  const target = text.slice(start, end);
  const rest = text.slice(skipSpaces(text, end));
  if (rest === '') return method === 'GET' ? { method, target, version: '0.9' } : 'bad-request';
  const version = versionOf(rest);
  return version === undefined ? refusalOf(rest) : { method, target, version };
}

/** Index of the blank behind the method; -1 where something else stands there. */
function endOfMethod(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === SPACE) return i;
    if (!isMethodCharacter(code)) return -1;
  }
  return -1;
}

/** Whether a character can stand in a method. */
export function isMethodCharacter(code: number): boolean {
  return (code >= UPPER_A && code <= UPPER_Z) || code === LOW_LINE || code === HYPHEN;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE) at++;
  return at;
}

/** Index behind the target; -1 for control characters. */
function endOfTarget(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === SPACE) return i;
    if (code < SPACE || code === DELETE) return -1;
  }
  return text.length;
}

function versionOf(text: string): string | undefined {
  if (text === 'HTTP/1.1') return '1.1';
  return /^HTTP\/(1\.\d{1,3}) *$/.exec(text)?.[1];
}

function refusalOf(text: string): MalformedRequest {
  return /^HTTP\/(?:[2-9]|1\d)/.test(text) ? 'version-not-supported' : 'bad-request';
}
