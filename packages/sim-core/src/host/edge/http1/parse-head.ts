import type { MalformedRequest } from '../../../workloads/workload.ts';
import { parseRequestLine } from './request-line.ts';

/** What a client asks, before its body: request line and header lines, and what they mean for the connection. */
export interface RequestHead {
  readonly method: string;
  readonly target: string;
  readonly version: string;
  /** Flat, in their order, spelt as they came; one character a byte. */
  readonly headers: readonly string[];
  /** Value of the first Host header; '' without one. */
  readonly host: string;
  /** Bytes of the body; 0 without a Content-Length. */
  readonly contentLength: number;
  readonly chunked: boolean;
  /** Whether the client wants to go on with this connection. */
  readonly keepAlive: boolean;
  /** Asks for another protocol: `Connection: upgrade` with a header Upgrade. */
  readonly upgrade: boolean;
  readonly expectsContinue: boolean;
  /** Bytes that it took. */
  readonly length: number;
}

/** Stands for the request where there was none. */
export const NO_REQUEST: RequestHead = Object.freeze({
  method: 'GET',
  target: '/',
  version: '1.1',
  headers: [],
  host: '',
  contentLength: 0,
  chunked: false,
  keepAlive: false,
  upgrade: false,
  expectsContinue: false,
  length: 0,
});

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const COLON = 0x3a;
const DELETE = 0x7f;

/** What header lines say about the message and the connection; one object a head, filled line by line. */
class Framing {
  host: string | undefined;
  hosts = 0;
  contentLength: number | undefined;
  transferEncoding: string | undefined;
  connection = '';
  upgrade = false;
  expect = '';
}

/**
 * Reads a head as nginx does (ngx_http_parse.c, ngx_http_request.c), and refuses what makes two readers of one
 * message disagree: a Content-Length beside a Transfer-Encoding, folded lines, line feeds without carriage return.
 * @param text one character a byte, ends with the empty line
 */
export function parseHead(text: string): RequestHead | MalformedRequest {
  const lineEnd = text.indexOf('\r\n');
  const line = parseRequestLine(text.slice(0, lineEnd));
  if (typeof line === 'string') return line;
  const headers: string[] = [];
  const framing = new Framing();
  // HTTP/0.9 has no headers; what stands behind the line means nothing.
  if (line.version === '0.9') return headOf(line, headers, framing, lineEnd + 2);
  for (let at = lineEnd + 2; at < text.length - 2; ) {
    const next = parseHeader(text, at, headers, framing);
    if (typeof next === 'string') return next;
    at = next;
  }
  return headOf(line, headers, framing, text.length);
}

/** @returns index of the next line */
function parseHeader(text: string, at: number, headers: string[], framing: Framing): number | MalformedRequest {
  const colon = endOfName(text, at);
  if (colon <= at) return 'bad-request';
  const end = text.indexOf('\r', colon);
  if (text.charCodeAt(end + 1) !== LINE_FEED) return 'bad-request';
  const value = trimmed(text, colon + 1, end);
  if (value === undefined) return 'bad-request';
  const name = text.slice(at, colon);
  headers.push(name, value);
  return take(framing, name, isTabbed(text, colon, end, value) ? UNREADABLE : value) ?? end + 2;
}

/** Index of the colon; 0 for a blank, a control character, or no colon at all. */
function endOfName(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === COLON) return i;
    if (code <= SPACE || code === DELETE) return 0;
  }
  return 0;
}

/** Without the blanks around it; undefined for a zero byte or a line feed of its own. */
function trimmed(text: string, from: number, to: number): string | undefined {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 0 || code === LINE_FEED || code === CARRIAGE_RETURN) return undefined;
  }
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** What a tab beside a value makes of it where the value counts for the message: nginx takes off blanks only. */
const UNREADABLE = '\t';
const TAB_AROUND = /^ *\t|\t *$/;

/** Whether a tab stands around a value; most values have one blank before them, and that is all. */
function isTabbed(text: string, colon: number, end: number, value: string): boolean {
  if (end - colon - 2 === value.length && text.charCodeAt(colon + 1) === SPACE) return false;
  return TAB_AROUND.test(text.slice(colon + 1, end));
}

/** Notes what a header says about the message. @returns why the message is refused, if it is */
function take(framing: Framing, name: string, value: string): MalformedRequest | undefined {
  switch (name.length) {
    case 4:
      if (name !== 'Host' && name.toLowerCase() !== 'host') return undefined;
      framing.host ??= value;
      return value === UNREADABLE ? 'bad-request' : undefined;
    case 6:
      if (name.toLowerCase() === 'expect') framing.expect = value;
      return undefined;
    case 7:
      if (name.toLowerCase() === 'upgrade') framing.upgrade = true;
      return undefined;
    case 10:
      if (name.toLowerCase() === 'connection') framing.connection += `${value.toLowerCase()},`;
      return undefined;
    case 14:
      return name.toLowerCase() === 'content-length' ? takeLength(framing, value) : undefined;
    case 17:
      return name.toLowerCase() === 'transfer-encoding' ? takeEncoding(framing, value) : undefined;
    default:
      return undefined;
  }
}

function takeLength(framing: Framing, value: string): MalformedRequest | undefined {
  if (framing.contentLength !== undefined || !/^\d{1,15}$/.test(value)) return 'bad-request';
  framing.contentLength = Number(value);
  return undefined;
}

function takeEncoding(framing: Framing, value: string): MalformedRequest | undefined {
  if (framing.transferEncoding !== undefined) return 'bad-request';
  framing.transferEncoding = value.toLowerCase();
  return undefined;
}

function headOf(
  { method, target, version }: { method: string; target: string; version: string },
  headers: readonly string[],
  framing: Framing,
  length: number,
): RequestHead | MalformedRequest {
  const { host = '', contentLength, transferEncoding, connection, expect } = framing;
  if (transferEncoding !== undefined) {
    if (version < '1.1') return 'bad-request';
    if (transferEncoding !== 'chunked') return 'not-implemented';
    if (contentLength !== undefined) return 'bad-request';
  }
  const asks = connection === '' ? NOTHING : tokensOf(connection);
  return {
    method,
    target,
    version,
    headers,
    host,
    contentLength: contentLength ?? 0,
    chunked: transferEncoding !== undefined,
    keepAlive: version >= '1.1' ? !asks.has('close') : asks.has('keep-alive'),
    upgrade: framing.upgrade && asks.has('upgrade') && version >= '1.1',
    expectsContinue: expect !== '' && version >= '1.1' && expect.toLowerCase() === '100-continue',
    length,
  };
}

const NOTHING: ReadonlySet<string> = new Set();

function tokensOf(list: string): ReadonlySet<string> {
  return new Set(list.split(',').map((token) => token.trim()));
}
