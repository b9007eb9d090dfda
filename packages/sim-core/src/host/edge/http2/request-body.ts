import type { ServerHttp2Stream } from 'node:http2';

/** No buffer of its own: the stream below has its window, and back-pressure reaches the client through it. */
const UNBUFFERED = Object.freeze({ highWaterMark: 0 });

/** Body of a request: a web stream that takes from the HTTP/2 stream what somebody asks for. */
export class Http2RequestBody implements UnderlyingDefaultSource<Uint8Array> {
  readonly stream: ReadableStream<Uint8Array>;
  readonly #source: ServerHttp2Stream;
  readonly #waits: (waiting: boolean) => void;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #over = false;

  /** @param waits told whether somebody waits for what the client sends */
  constructor(source: ServerHttp2Stream, waits: (waiting: boolean) => void) {
    this.#source = source;
    this.#waits = waits;
    this.stream = new ReadableStream<Uint8Array>(this, UNBUFFERED);
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#controller = controller;
    // A stream that its client resets may end, too; then the response has told.
    this.#source.once('end', () => this.#finish(() => controller.close()));
  }

  pull(): void {
    if (this.#source.listenerCount('data') === 0) this.#source.on('data', this.#onData);
    this.#waits(true);
    this.#source.resume();
  }

  /** The reader has seen enough: the rest is read and dropped, so that other streams can go on. */
  cancel(): void {
    this.#finish(() => {});
    this.#source.resume();
  }

  /** Nobody is to read on: what still comes is dropped. */
  fail(message: string): void {
    this.#finish(() => this.#controller?.error(new Error(message)));
  }

  readonly #onData = (chunk: Uint8Array): void => {
    if (this.#over) return;
    this.#waits(false);
    this.#source.pause();
    this.#controller?.enqueue(chunk);
  };

  #finish(how: () => void): void {
    if (this.#over) return;
    this.#over = true;
    this.#waits(false);
    how();
  }
}
