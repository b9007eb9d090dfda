import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { hasNoBody } from '../../../workloads/http-answer.ts';
import { type HttpResponse, headerValue } from '../../../workloads/workload.ts';
import type { Limited } from '../http1/deadlines.ts';
import { drainOf } from '../streams.ts';
import type { Http2RequestBody } from './request-body.ts';
import { responseHeaders, trailingHeaders } from './response-headers.ts';

/** nginx's send_timeout and client_body_timeout as ingress-nginx sets them, in milliseconds. */
const SEND_TIMEOUT = 60_000;
const BODY_TIMEOUT = 60_000;
const { NGHTTP2_NO_ERROR: NO_ERROR, NGHTTP2_INTERNAL_ERROR: INTERNAL_ERROR } = constants;

/** What an answer needs of the connection that it goes out on. */
export interface ResponseOwner {
  /** Value of the Date header. */
  date(): string;
  /** Headers as they go out: redirects may get our port. */
  located(status: number, headers: readonly string[]): readonly string[];
  /** Takes no more requests than those that came. */
  end(): void;
  /** Told once, when nothing more will be written. */
  responded(response: Http2Response): void;
}

/** An answer on a stream. The head waits for the first piece of the body, so that both leave together. */
export class Http2Response implements HttpResponse, Limited {
  readonly #owner: ResponseOwner;
  readonly #stream: ServerHttp2Stream;
  readonly #isHead: boolean;
  #head: OutgoingHttpHeaders | undefined;
  #begun = false;
  #ended = false;
  #bodiless = false;
  #hasTrailers = false;
  #onClose: (() => void)[] | undefined;
  /** Body of the request. */
  body: Http2RequestBody | undefined;
  deadline = Number.POSITIVE_INFINITY;

  constructor(owner: ResponseOwner, stream: ServerHttp2Stream, isHead: boolean) {
    this.#owner = owner;
    this.#stream = stream;
    this.#isHead = isHead;
    stream.on('error', ignore);
    stream.on('aborted', () => this.clientGone());
    stream.on('close', () => this.clientGone());
  }

  get closed(): boolean {
    return this.#ended || this.#stream.closed || this.#stream.destroyed;
  }

  writeHead(status: number, headers: readonly string[], _reason?: string, hasTrailers = false): void {
    if (this.closed || this.#begun) return;
    this.#begun = true;
    this.#hasTrailers = hasTrailers;
    this.#bodiless = this.#isHead || hasNoBody(status);
    // With an error it stands for the end of an HTTP/1 connection only.
    if (status < 400 && headerValue(headers, 'connection') === 'close') this.#owner.end();
    this.#head = responseHeaders(status, this.#owner.located(status, headers), this.#owner.date());
  }

  write(chunk: Uint8Array | string): boolean {
    if (this.closed) return true;
    if (!this.#begun) this.writeHead(200, []);
    if (chunk.length === 0) return true;
    this.#sendHead(false);
    if (this.#bodiless || this.closed || this.#stream.write(chunk)) return true;
    this.#waitForDrain();
    return false;
  }

  drained(): Promise<void> {
    return this.closed || !this.#stream.writableNeedDrain ? Promise.resolve() : drainOf(this.#stream);
  }

  end(chunk?: Uint8Array | string, _size?: number, trailers?: readonly string[]): void {
    if (this.closed) return;
    if (!this.#begun) this.writeHead(200, []);
    if (this.#hasTrailers) this.#stream.once('wantTrailers', () => this.#sendTrailers(trailers ?? []));
    const isEmpty = this.#bodiless || chunk === undefined || chunk.length === 0;
    this.#sendHead(isEmpty && !this.#hasTrailers);
    if (this.closed) return;
    if (!isEmpty) this.#stream.end(chunk);
    else if (!this.#stream.writableEnded) this.#stream.end();
    this.#over();
    if (!this.#hasTrailers) this.#closeStream();
  }

  /** What the client still wants to send is not read (RFC 9113, 8.1); nginx ends the stream so, too. */
  #closeStream(): void {
    if (!this.#stream.endAfterHeaders && this.#stream.state.remoteClose !== 1) this.#stream.close(NO_ERROR);
  }

  #sendTrailers(flat: readonly string[]): void {
    if (this.#stream.destroyed) return;
    this.#stream.sendTrailers(trailingHeaders(flat));
    this.#closeStream();
  }

  destroy(): void {
    if (this.#ended) return;
    this.#over();
    this.#stream.close(INTERNAL_ERROR);
  }

  onClose(callback: () => void): void {
    this.#onClose ??= [];
    this.#onClose.push(callback);
  }

  /** Notes whether somebody waits for the client's body. */
  waitsForBody(waiting: boolean): void {
    if (!this.#ended) this.deadline = waiting ? Date.now() + BODY_TIMEOUT : Number.POSITIVE_INFINITY;
  }

  /** The client sends nothing, or reads nothing. */
  timedOut(): void {
    this.deadline = Number.POSITIVE_INFINITY;
    this.#stream.close(INTERNAL_ERROR);
  }

  #sendHead(isLast: boolean): void {
    const head = this.#head;
    if (head === undefined) return;
    this.#head = undefined;
    try {
      this.#stream.respond(head, { endStream: isLast, waitForTrailers: this.#hasTrailers });
    } catch {
      // A status or header that HTTP/2 has no way to say: as if the pod had broken off.
      this.destroy();
    }
  }

  #waitForDrain(): void {
    this.deadline = Date.now() + SEND_TIMEOUT;
    this.#stream.once('drain', () => {
      this.deadline = Number.POSITIVE_INFINITY;
    });
  }

  /** The client has reset the stream, or left. */
  clientGone(): void {
    if (this.#ended) return;
    this.body?.fail('the client closed the connection');
    this.#over();
    for (const callback of this.#onClose ?? []) callback();
  }

  #over(): void {
    this.#ended = true;
    this.deadline = Number.POSITIVE_INFINITY;
    this.body?.fail('the request was answered before its body was read');
    this.#owner.responded(this);
    // A stream is over only when everything was taken from it.
    this.#stream.resume();
  }
}

/** A stream that its client resets is no error of ours; 'close' follows. */
function ignore(): void {}
