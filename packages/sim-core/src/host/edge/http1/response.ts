import { hasNoBody } from '../../../workloads/http-answer.ts';
import type { HttpResponse } from '../../../workloads/workload.ts';
import type { RequestHead } from './parse-head.ts';
import { type HeaderLines, headerValue, isHeaderName, ResponseHead } from './response-head.ts';
import { statusText } from './status-text.ts';

/** What an answer needs of the connection that it goes out on. */
export interface ResponseOwner {
  /** Value of the Date header. */
  date(): string;
  readonly headerLines: HeaderLines;
  /** Whether the connection ends after this answer for a reason of its own. */
  readonly ending: boolean;
  readonly gone: boolean;
  /** Headers as they go out: redirects may get our port. */
  located(status: number, headers: readonly string[]): readonly string[];
  write(head: string, body: Uint8Array | string | undefined): boolean;
  drained(): Promise<void>;
  /** Told once, when nothing more will be written. */
  responded(closes: boolean): void;
  reset(): void;
}

const LAST_CHUNK = '0\r\n\r\n';

/** An answer on a connection: head and body go out in one piece where they are one piece. */
export class Http1Response implements HttpResponse {
  readonly #owner: ResponseOwner;
  readonly #request: RequestHead;
  /** Head that has not gone out yet, and what else waits for a piece of body to go with. */
  #head = '';
  #begun = false;
  #ended = false;
  #bodiless = false;
  #chunked = false;
  /** The connection closes after this answer. */
  #closes = false;
  #onClose: (() => void)[] | undefined;

  constructor(owner: ResponseOwner, request: RequestHead) {
    this.#owner = owner;
    this.#request = request;
  }

  get closed(): boolean {
    return this.#ended || this.#owner.gone;
  }

  /** Whether anything of the answer was written. */
  get begun(): boolean {
    return this.#begun;
  }

  /** `100 Continue`, for a client that waits for it. */
  writeContinue(): void {
    if (!this.#begun && !this.closed) this.#owner.write('HTTP/1.1 100 Continue\r\n\r\n', undefined);
  }

  writeHead(status: number, headers: readonly string[], reason = statusText(status)): void {
    if (this.closed || this.#begun) return;
    this.#begun = true;
    const head = new ResponseHead(this.#owner.located(status, headers), this.#owner.headerLines);
    this.#frame(status, head);
    if (this.#request.version === '0.9') return;
    const date = head.hasDate ? '' : `Date: ${this.#owner.date()}\r\n`;
    const encoding = this.#chunked && !head.hasEncoding ? 'Transfer-Encoding: chunked\r\n' : '';
    const connection = head.connection === undefined ? `Connection: ${this.#closes ? 'close' : 'keep-alive'}\r\n` : '';
    this.#head = `HTTP/1.1 ${status} ${reason}\r\n${date}${head.entity}${encoding}${connection}${head.lines}\r\n`;
  }

  write(chunk: Uint8Array | string): boolean {
    if (this.closed) return true;
    if (!this.#begun) this.writeHead(200, []);
    if (chunk.length === 0) return true;
    return this.#send(this.#bodiless ? undefined : chunk, '');
  }

  drained(): Promise<void> {
    return this.closed ? Promise.resolve() : this.#owner.drained();
  }

  end(chunk?: Uint8Array | string, _size?: number, trailers?: readonly string[]): void {
    if (this.closed) return;
    if (!this.#begun) this.writeHead(200, []);
    this.#ended = true;
    this.#send(this.#bodiless || chunk?.length === 0 ? undefined : chunk, this.#chunked ? lastChunk(trailers) : '');
    this.#owner.responded(this.#closes);
  }

  destroy(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#owner.reset();
  }

  onClose(callback: () => void): void {
    this.#onClose ??= [];
    this.#onClose.push(callback);
  }

  /** The client has left. */
  clientGone(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const callback of this.#onClose ?? []) callback();
  }

  /** How the end of the body is told (RFC 9112, 6.3). */
  #frame(status: number, head: ResponseHead): void {
    const { method, version, keepAlive } = this.#request;
    this.#bodiless = method === 'HEAD' || hasNoBody(status);
    this.#closes = !keepAlive || this.#owner.ending || head.connection?.toLowerCase() === 'close';
    if (head.hasLength || hasNoBody(status)) return;
    if (version >= '1.1') this.#chunked = !this.#bodiless;
    else this.#closes = true;
  }

  #send(chunk: Uint8Array | string | undefined, end: string): boolean {
    const head = this.#head;
    this.#head = '';
    if (!this.#chunked || chunk === undefined) return this.#owner.write(head + end, chunk);
    const size = typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.byteLength;
    this.#owner.write(`${head}${size.toString(16)}\r\n`, chunk);
    return this.#owner.write(`\r\n${end}`, undefined);
  }
}

/** The end of a body in chunks, with what follows it (RFC 9112, 7.1.2). */
function lastChunk(trailers: readonly string[] | undefined): string {
  if (trailers === undefined || trailers.length === 0) return LAST_CHUNK;
  let lines = '';
  for (let i = 0; i + 1 < trailers.length; i += 2) {
    if (isHeaderName(trailers[i] as string)) lines += `${trailers[i]}: ${headerValue(trailers[i + 1] as string)}\r\n`;
  }
  return `0\r\n${lines}\r\n`;
}
