import { constants, performServerHandshake, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { Duplex as NodeDuplex } from 'node:stream';
import type { HttpResponse, MalformedRequest } from '../../../workloads/workload.ts';
import type { HttpParts } from '../http1/connection.ts';
import type { Limited } from '../http1/deadlines.ts';
import type { Requested } from '../route.ts';
import { Http2RequestBody } from './request-body.ts';
import { readRequestHead } from './request-head.ts';
import { Http2Response, type ResponseOwner } from './response.ts';

/** nginx's client_header_timeout and keepalive_timeout as ingress-nginx sets them, in milliseconds. */
const HEADER_TIMEOUT = 60_000;
const KEEP_ALIVE_TIMEOUT = 75_000;
/** How long a client that was told goodbye may take to close, in milliseconds (nginx's lingering_timeout). */
const GOODBYE_TIMEOUT = 5_000;
/** nginx's http2_max_concurrent_streams as ingress-nginx sets it. */
const MOST_STREAMS = 128;
/** What a stream may send before somebody reads it; of a connection, so much for every stream. */
const STREAM_WINDOW = 65_535;
/** Most headers and bytes of a head, and most memory of a connection in MB; nginx has lower limits for heads. */
const MOST_HEADERS = 2000;
const LARGEST_HEAD = 131_072;
const MOST_MEMORY = 32;
/** Most frames that keep a connection up, or change its settings, from one request to the next. */
const MOST_CONTROLS = 10_000;
/** How many more streams a client may reset than it sees to their end. */
const MOST_RESETS = 500;

const {
  NGHTTP2_NO_ERROR: NO_ERROR,
  NGHTTP2_ENHANCE_YOUR_CALM: ENHANCE_YOUR_CALM,
  NGHTTP2_FLAG_END_STREAM: END_STREAM,
} = constants;

const OPTIONS = Object.freeze({
  settings: { maxConcurrentStreams: MOST_STREAMS, initialWindowSize: STREAM_WINDOW, maxHeaderListSize: LARGEST_HEAD },
  maxHeaderListPairs: MOST_HEADERS,
  maxSessionMemory: MOST_MEMORY,
});

/** What serves the requests of a connection, which may come while others are under way. */
export interface Http2Handler {
  serve(head: Requested, body: ReadableStream<Uint8Array> | undefined, response: HttpResponse): void;
  /** Answers what is no request. */
  malformed(kind: MalformedRequest, response: HttpResponse): void;
  located(head: Requested, status: number, headers: readonly string[]): readonly string[];
  closed(): void;
}

/** The server's side of one HTTP/2 connection (ngx_http_v2.c); node:http2 speaks the protocol. */
export class Http2Connection implements Limited {
  readonly #session: ServerHttp2Session;
  readonly #socket: NodeDuplex;
  readonly #handler: Http2Handler;
  readonly #parts: HttpParts;
  readonly #responses = new Set<Http2Response>();
  #controls = 0;
  #resets = 0;
  #ending = false;
  deadline = Date.now() + HEADER_TIMEOUT;

  constructor(socket: NodeDuplex, handler: Http2Handler, parts: HttpParts) {
    this.#socket = socket;
    this.#handler = handler;
    this.#parts = parts;
    this.#session = performServerHandshake(socket, OPTIONS);
    this.#session.on('stream', (stream: ServerHttp2Stream, _headers: object, flags: number, raw: string[] = []) =>
      this.#onStream(stream, flags, raw),
    );
    this.#session.on('ping', () => this.#onControl());
    this.#session.on('remoteSettings', () => this.#onControl());
    this.#session.on('error', ignore);
    this.#session.on('close', () => this.#onClose());
    parts.deadlines.add(this);
    this.#session.setLocalWindowSize(STREAM_WINDOW * MOST_STREAMS);
  }

  /** Whether answers are owed. */
  get busy(): boolean {
    return this.#responses.size > 0;
  }

  /** Says goodbye; the connection ends as soon as nothing is under way on it. */
  end(): void {
    this.#ending = true;
    if (!this.#session.closed) this.#session.close();
    if (!this.busy) this.deadline = Date.now() + GOODBYE_TIMEOUT;
  }

  /** Ends the connection now, with what was written. */
  cut(): void {
    this.#session.destroy();
  }

  timedOut(): void {
    if (this.#ending) this.#socket.destroy();
    else this.end();
  }

  #onStream(stream: ServerHttp2Stream, flags: number, raw: string[]): void {
    this.deadline = Number.POSITIVE_INFINITY;
    this.#controls = 0;
    stream.once('close', () => this.#countReset(stream.rstCode !== NO_ERROR));
    const head = readRequestHead(raw);
    const response = this.#responseTo(stream, head);
    if (head === undefined) this.#handler.malformed('bad-request', response);
    else this.#handler.serve(head, this.#bodyOf(stream, flags, response), response);
  }

  #responseTo(stream: ServerHttp2Stream, head: Requested = NO_REQUEST): Http2Response {
    const owner: ResponseOwner = {
      date: () => this.#parts.date.at(Date.now()),
      located: (status, headers) => this.#handler.located(head, status, headers),
      responded: (response) => this.#responded(response),
      end: () => this.end(),
    };
    const response = new Http2Response(owner, stream, head.method === 'HEAD');
    this.#responses.add(response);
    this.#parts.deadlines.add(response);
    return response;
  }

  #bodyOf(stream: ServerHttp2Stream, flags: number, response: Http2Response): ReadableStream<Uint8Array> | undefined {
    if ((flags & END_STREAM) !== 0) return undefined;
    const body = new Http2RequestBody(stream, (waiting) => response.waitsForBody(waiting));
    response.body = body;
    return body.stream;
  }

  #responded(response: Http2Response): void {
    this.#responses.delete(response);
    this.#parts.deadlines.delete(response);
    if (!this.busy) this.deadline = Date.now() + (this.#ending ? GOODBYE_TIMEOUT : KEEP_ALIVE_TIMEOUT);
  }

  /** A client that only keeps the connection up is idle, but there; one that does nothing else is up to no good. */
  #onControl(): void {
    if (++this.#controls > MOST_CONTROLS) this.#refuseFlood();
    else if (!this.busy && !this.#ending) this.deadline = Date.now() + KEEP_ALIVE_TIMEOUT;
  }

  /** Work that is asked for and given up at once is an attack (CVE-2023-44487). */
  #countReset(isReset: boolean): void {
    this.#resets = Math.max(0, this.#resets + (isReset ? 1 : -1));
    if (this.#resets > MOST_RESETS) this.#refuseFlood();
  }

  #refuseFlood(): void {
    this.#session.destroy(new Error('the client floods its connection'), ENHANCE_YOUR_CALM);
  }

  #onClose(): void {
    this.#parts.deadlines.delete(this);
    this.#handler.closed();
  }
}

/** Stands for the request where there was none. */
const NO_REQUEST: Requested = Object.freeze({ method: 'GET', target: '/', version: '2.0', headers: [], host: '' });

/** A client that breaks off, or breaks the protocol, is no error of ours; 'close' follows. */
function ignore(): void {}
