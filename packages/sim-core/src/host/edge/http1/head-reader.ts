import type { MalformedRequest } from '../../../workloads/workload.ts';
import { parseHead, type RequestHead } from './parse-head.ts';
import { isMethodCharacter, parseRequestLine } from './request-line.ts';

/** Most bytes of a head; the program behind has its own, lower limits. */
const LARGEST_HEAD = 131_072;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Finds heads in the bytes of a connection. */
export class HeadReader {
  /** The head before and what it was read from: many clients send the same one again and again. */
  #text = '';
  #head: RequestHead | undefined;
  /** How much of an unfinished head was looked at. */
  #seen = 0;

  /** @param bytes everything that came and belongs to no earlier message; undefined: a head that is not whole yet */
  read(bytes: Buffer): RequestHead | MalformedRequest | undefined {
    const text = bytes.toString('latin1', 0, Math.min(bytes.length, LARGEST_HEAD));
    const start = skipEmptyLines(text);
    const end = text.indexOf('\r\n\r\n', start);
    if (end < 0) return this.#unfinished(text, start);
    this.#seen = 0;
    const whole = start === 0 && end + 4 === text.length ? text : text.slice(start, end + 4);
    const head = whole === this.#text ? (this.#head as RequestHead) : this.#parse(whole);
    return start === 0 || typeof head === 'string' ? head : { ...head, length: start + head.length };
  }

  #parse(whole: string): RequestHead | MalformedRequest {
    const head = parseHead(whole);
    if (typeof head === 'string') return head;
    this.#text = whole;
    this.#head = head;
    return head;
  }

  /** Nonsense is refused at once, not when its end comes: it may never come. */
  #unfinished(text: string, start: number): RequestHead | MalformedRequest | undefined {
    const first = text.charCodeAt(start);
    if (start < text.length && !isMethodCharacter(first) && first !== CARRIAGE_RETURN) return 'bad-request';
    if (hasBareLineFeed(text, this.#seen)) return 'bad-request';
    const lineEnd = text.indexOf('\r\n', start);
    if (text.length === LARGEST_HEAD) return lineEnd < 0 ? 'uri-too-long' : 'headers-too-large';
    if (lineEnd < 0) return undefined;
    const isNew = text.indexOf('\n', this.#seen) >= 0;
    this.#seen = text.length;
    return isNew ? lookAhead(text.slice(start), start) : undefined;
  }
}

/** Whether the lines that have come make a head already (HTTP/0.9), or never will. */
function lookAhead(text: string, start: number): RequestHead | MalformedRequest | undefined {
  const lineEnd = text.indexOf('\r\n');
  const line = parseRequestLine(text.slice(0, lineEnd));
  if (typeof line === 'string') return line;
  if (line.version === '0.9') {
    const head = parseHead(text.slice(0, lineEnd + 2));
    return typeof head === 'string' ? head : { ...head, length: start + lineEnd + 2 };
  }
  const head = parseHead(`${text.slice(0, text.lastIndexOf('\r\n'))}\r\n\r\n`);
  return typeof head === 'string' ? head : undefined;
}

/** Empty lines before a request are left out (RFC 9112, 2.2). */
function skipEmptyLines(text: string): number {
  let at = 0;
  while (text.charCodeAt(at) === CARRIAGE_RETURN && text.charCodeAt(at + 1) === LINE_FEED) at += 2;
  return at;
}

/** A line feed without carriage return ends a line for nginx; for others it does not, and what two readers see differs. */
function hasBareLineFeed(text: string, from: number): boolean {
  for (let at = text.indexOf('\n', from); at >= 0; at = text.indexOf('\n', at + 1))
    if (text.charCodeAt(at - 1) !== CARRIAGE_RETURN) return true;
  return false;
}
