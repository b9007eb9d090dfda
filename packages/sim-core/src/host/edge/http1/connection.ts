import type { Duplex as NodeDuplex } from 'node:stream';
import type { HttpResponse, MalformedRequest } from '../../../workloads/workload.ts';
import type { Deadlines, Limited } from './deadlines.ts';
import { HeadReader } from './head-reader.ts';
import type { HttpDate } from './http-date.ts';
import { Lingering } from './lingering.ts';
import { NO_REQUEST, type RequestHead } from './parse-head.ts';
import { RequestBody } from './request-body.ts';
import { Http1Response, type ResponseOwner } from './response.ts';
import type { HeaderLines } from './response-head.ts';
import { SocketWriter } from './socket-writer.ts';

/** nginx's client_header_timeout, client_body_timeout and keepalive_timeout as ingress-nginx sets them, in milliseconds. */
const HEADER_TIMEOUT = 60_000;
const BODY_TIMEOUT = 60_000;
const KEEP_ALIVE_TIMEOUT = 75_000;
/** Most bytes that are read ahead while an answer is owed. */
const MOST_AHEAD = 65_536;
const EMPTY = Buffer.alloc(0);

/** What serves the requests of a connection, one after the other. */
export interface Http1Handler {
  serve(head: RequestHead, body: ReadableStream<Uint8Array> | undefined, response: HttpResponse): void;
  /** A request for another protocol: answers, or takes the raw connection. */
  upgrade(head: RequestHead, response: HttpResponse, takeOver: () => TakenOver): void;
  /** CONNECT: answers `malformed`, or takes the raw connection. */
  connect(head: RequestHead, response: HttpResponse, takeOver: () => TakenOver): void;
  /** Answers bytes that are no request. */
  malformed(kind: MalformedRequest, response: HttpResponse): void;
  located(head: RequestHead, status: number, headers: readonly string[]): readonly string[];
  closed(): void;
}

/** A connection that speaks another protocol from here on. */
export interface TakenOver {
  readonly socket: NodeDuplex;
  /** What had been read from it. */
  readonly head: Buffer;
}

/** What all connections of an edge share. */
export interface HttpParts {
  readonly deadlines: Deadlines;
  readonly date: HttpDate;
  readonly headerLines: HeaderLines;
}

/**
 * The server's side of one HTTP/1 connection (ngx_http_request.c). Requests are served one after the other: what a
 * client sends ahead waits until it is answered.
 */
export class Http1Connection implements ResponseOwner, Limited {
  readonly #parts: HttpParts;
  readonly #socket: NodeDuplex;
  readonly #writer: SocketWriter;
  readonly #handler: Http1Handler;
  readonly #heads = new HeadReader();
  /** Bytes that came and were not looked at. */
  #ahead: Buffer = EMPTY;
  #request: RequestHead | undefined;
  #response: Http1Response | undefined;
  #body: RequestBody | undefined;
  /** Bytes came, or may come, that mean nothing. */
  #unread = false;
  #reading = false;
  /** Another protocol is spoken from here on. */
  #taken = false;
  /** The client will send nothing more. */
  #ended = false;
  #lingering: Lingering | undefined;
  /** No more requests are taken. */
  ending = false;
  gone = false;
  /** When the client has had its time to send something. */
  #sendBy = Date.now() + HEADER_TIMEOUT;

  constructor(socket: NodeDuplex, handler: Http1Handler, parts: HttpParts) {
    this.#socket = socket;
    this.#writer = new SocketWriter(socket);
    this.#handler = handler;
    this.#parts = parts;
    parts.deadlines.add(this);
    socket.on('error', ignore);
    socket.on('data', this.#onData);
    socket.on('end', this.#onEnd);
    socket.once('close', this.#onClose);
    socket.resume();
  }

  get deadline(): number {
    return Math.min(this.#sendBy, this.#writer.deadline);
  }

  /** Whether an answer is owed. */
  get busy(): boolean {
    return this.#response !== undefined;
  }

  /** Ends the connection as soon as nothing is under way on it. */
  end(): void {
    this.ending = true;
    if (!this.busy) this.#writer.end();
  }

  /** Ends the connection now, with what was written. */
  cut(): void {
    this.#writer.end();
  }

  timedOut(): void {
    this.#sendBy = Number.POSITIVE_INFINITY;
    this.#body?.fail('the client sent nothing for a minute');
    this.#socket.destroy();
  }

  readonly #onData = (chunk: Buffer): void => {
    if (this.#lingering !== undefined) return this.#lingering.touch();
    if (this.#body !== undefined && !this.#body.complete) return this.#pushBody(chunk);
    this.#ahead = this.#ahead.length === 0 ? chunk : Buffer.concat([this.#ahead, chunk]);
    if (!this.busy) this.#readRequests();
    else if (this.#ahead.length > MOST_AHEAD) this.#socket.pause();
  };

  /** nginx takes a client that has closed its side for gone (ngx_http_upstream_check_broken_connection): 499. */
  readonly #onEnd = (): void => {
    this.#ended = true;
    this.#body?.fail('the client closed the connection');
    if (this.#lingering !== undefined) this.#lingering.end();
    else if (this.busy) this.#socket.destroy();
    else this.#writer.end();
  };

  readonly #onClose = (): void => {
    this.gone = true;
    this.ending = true;
    this.#parts.deadlines.delete(this);
    this.#lingering?.stop();
    this.#body?.fail('the client closed the connection');
    this.#response?.clientGone();
    this.#handler.closed();
  };

  /** Serves what has come, until an answer is waited for. Not by recursion: a client may send thousands at once. */
  #readRequests(): void {
    if (this.#reading) return;
    this.#reading = true;
    while (!this.busy && !this.ending && this.#ahead.length > 0) {
      const head = this.#heads.read(this.#ahead);
      if (head === undefined) break;
      if (typeof head === 'string') this.#refuse(head);
      else this.#begin(head);
    }
    this.#reading = false;
    if (!this.busy) this.#waitForRequest();
  }

  #waitForRequest(): void {
    if (this.gone || this.#taken || this.#lingering !== undefined) return;
    this.#sendBy = Date.now() + (this.#ahead.length > 0 ? HEADER_TIMEOUT : KEEP_ALIVE_TIMEOUT);
    if (this.ending || this.#ended) this.#writer.end();
    else this.#resume();
  }

  #resume(): void {
    if (this.#socket.isPaused()) this.#socket.resume();
  }

  #begin(head: RequestHead): void {
    this.#sendBy = Number.POSITIVE_INFINITY;
    this.#ahead = head.length === this.#ahead.length ? EMPTY : this.#ahead.subarray(head.length);
    this.#request = head;
    const response = new Http1Response(this, head);
    this.#response = response;
    if (head.chunked || head.contentLength > 0) return this.#serveWithBody(head, response);
    this.#resume();
    if (head.method === 'CONNECT') this.#handler.connect(head, response, () => this.#takeOver());
    else if (head.upgrade) this.#handler.upgrade(head, response, () => this.#takeOver());
    else this.#handler.serve(head, undefined, response);
  }

  #serveWithBody(head: RequestHead, response: Http1Response): void {
    const body = new RequestBody(head, {
      read: (wanted) => this.#readBody(wanted),
      firstRead: () => {
        if (head.expectsContinue) response.writeContinue();
      },
    });
    this.#body = body;
    if (this.#ahead.length > 0) this.#pushBody(this.#ahead);
    this.#handler.serve(head, body.stream, response);
  }

  #pushBody(bytes: Buffer): void {
    const body = this.#body as RequestBody;
    const count = body.push(bytes);
    this.#ahead = count < 0 ? EMPTY : bytes.subarray(count);
    if (count < 0) return this.#breakBody();
    this.#sendBy = body.complete ? Number.POSITIVE_INFINITY : Date.now() + BODY_TIMEOUT;
    if (body.complete && !this.busy) this.#next();
  }

  /** Nothing of what follows is looked at: the answer that is owed is the last one. */
  #breakBody(): void {
    this.ending = true;
    this.#unread = true;
    this.#socket.pause();
    if (!this.busy) this.#close();
  }

  #readBody(wanted: boolean): void {
    if (this.gone) return;
    this.#sendBy = wanted ? Date.now() + BODY_TIMEOUT : Number.POSITIVE_INFINITY;
    if (wanted) this.#socket.resume();
    else this.#socket.pause();
  }

  #refuse(kind: MalformedRequest): void {
    this.#ahead = EMPTY;
    this.#unread = true;
    this.ending = true;
    this.#request = NO_REQUEST;
    this.#response = new Http1Response(this, NO_REQUEST);
    this.#handler.malformed(kind, this.#response);
  }

  #takeOver(): TakenOver {
    const socket = this.#socket;
    const head = this.#ahead;
    socket.pause();
    socket.off('data', this.#onData);
    socket.off('end', this.#onEnd);
    this.#ahead = EMPTY;
    this.#response = undefined;
    this.#taken = true;
    this.#sendBy = Number.POSITIVE_INFINITY;
    this.#parts.deadlines.delete(this);
    return { socket, head };
  }

  // What responses ask.

  date(): string {
    return this.#parts.date.at(Date.now());
  }

  get headerLines(): HeaderLines {
    return this.#parts.headerLines;
  }

  located(status: number, headers: readonly string[]): readonly string[] {
    return this.#handler.located(this.#request as RequestHead, status, headers);
  }

  write(head: string, body: Uint8Array | string | undefined): boolean {
    return this.gone || this.#writer.write(head, body);
  }

  drained(): Promise<void> {
    return this.#writer.drained();
  }

  responded(closes: boolean): void {
    this.#response = undefined;
    if (closes) this.ending = true;
    if (this.ending) this.#close();
    else if (this.#body === undefined || this.#body.complete) this.#next();
    else this.#body.drop();
  }

  reset(): void {
    this.#response = undefined;
    this.#writer.reset();
  }

  #next(): void {
    this.#body = undefined;
    if (this.#ahead.length > 0) this.#readRequests();
    else if (!this.#reading) this.#waitForRequest();
  }

  /**
   * Closes. What the client still sends is read and dropped first: to close while bytes arrive would reset the connection,
   * and the client might never see the answer.
   */
  #close(): void {
    const unread = this.#unread || this.#ahead.length > 0 || (this.#body !== undefined && !this.#body.complete);
    if (!unread || this.gone || this.#ended) return this.#writer.end();
    this.#body?.drop();
    this.#lingering = new Lingering(() => this.#socket.destroy());
    this.#socket.end();
    this.#socket.resume();
  }
}

/** A client that resets its connection is no error of ours; 'close' follows. */
function ignore(): void {}
