import { type BodyDecoder, ChunkedDecoder, LengthDecoder } from './body-decoder.ts';
import type { RequestHead } from './parse-head.ts';

/** What a body asks of the connection that it comes over. */
export interface BodyOwner {
  /** Whether bytes are to be read from the socket. */
  read(wanted: boolean): void;
  /** Somebody begins to read: a client that waits for `100 Continue` gets it. */
  firstRead(): void;
}

/** No buffer of its own: the socket below has one, and back-pressure reaches the client through it. */
const UNBUFFERED = Object.freeze({ highWaterMark: 0 });

/** Body of a request: bytes go in as they come, a web stream hands them out as somebody asks for them. */
export class RequestBody implements UnderlyingDefaultSource<Uint8Array> {
  readonly stream: ReadableStream<Uint8Array>;
  readonly #decoder: BodyDecoder;
  readonly #owner: BodyOwner;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  /** Came, and nobody has asked yet. */
  #waiting: Buffer[] = [];
  #pulled = false;
  #begun = false;
  /** Nobody is to read on: what still comes is dropped. */
  #dropping = false;
  #failure: Error | undefined;
  readonly #take = (piece: Buffer): void => this.#takePiece(piece);

  constructor(head: RequestHead, owner: BodyOwner) {
    this.#decoder = head.chunked ? new ChunkedDecoder() : new LengthDecoder(head.contentLength);
    this.#owner = owner;
    this.stream = new ReadableStream<Uint8Array>(this, UNBUFFERED);
  }

  /** Whether every byte of the message has come. */
  get complete(): boolean {
    return this.#decoder.complete;
  }

  /** Bytes from the socket. @returns how many belong to this message; -1 where they mean nothing */
  push(bytes: Buffer): number {
    const count = this.#decoder.read(bytes, this.#take);
    if (count < 0) this.fail('the body is malformed');
    if (count < 0 || this.complete) this.#finish();
    else this.#owner.read(this.#dropping || this.#pulled);
    return count;
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#controller = controller;
  }

  pull(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (!this.#begun) this.#begin();
    const piece = this.#waiting.shift();
    if (piece !== undefined) controller.enqueue(piece);
    else this.#pulled = true;
    this.#finish();
    if (!this.complete && this.#failure === undefined) this.#owner.read(true);
  }

  /** The reader has seen enough: the rest is read and dropped, so that the connection can go on. */
  cancel(): void {
    this.#dropping = true;
    this.#waiting = [];
    if (!this.complete) this.#owner.read(true);
  }

  /** The answer is out: what was not read is dropped. */
  drop(): void {
    if (this.#dropping) return;
    this.fail('the request was answered before its body was read');
    this.#dropping = true;
    if (!this.complete) this.#owner.read(true);
  }

  /** The rest will not come. */
  fail(message: string): void {
    if (this.#failure !== undefined || this.complete) return;
    this.#failure = new Error(message);
    this.#waiting = [];
    if (!this.#dropping) this.#controller?.error(this.#failure);
  }

  #begin(): void {
    this.#begun = true;
    if (!this.complete) this.#owner.firstRead();
  }

  #takePiece(piece: Buffer): void {
    if (this.#dropping || this.#failure !== undefined) return;
    if (!this.#pulled) {
      this.#waiting.push(piece);
      return;
    }
    this.#pulled = false;
    this.#controller?.enqueue(piece);
  }

  #finish(): void {
    if (!this.complete || this.#waiting.length > 0 || this.#dropping || this.#failure !== undefined) return;
    if (!this.#begun) return;
    this.#dropping = true;
    this.#controller?.close();
  }
}
