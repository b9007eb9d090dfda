import type { Duplex as NodeDuplex, Readable } from 'node:stream';
import type { Duplex } from '../../workloads/workload.ts';

/** No buffer of its own: node's stream below has one, and back-pressure reaches the client through it. */
const UNBUFFERED = Object.freeze({ highWaterMark: 0 });

/** A raw connection as two web streams. `head` are bytes that were read from it already. */
export function duplexOf(socket: NodeDuplex, head: Uint8Array): Duplex {
  if (head.length > 0) socket.unshift(head);
  socket.on('error', () => {
    // Without a listener node would throw; both streams learn of it by 'close'.
  });
  return {
    readable: new ReadableStream(new NodeSource(socket), UNBUFFERED),
    writable: new WritableStream(new NodeSink(socket)),
  };
}

/** Feeds a web stream from a node stream, one chunk a pull. */
class NodeSource implements UnderlyingDefaultSource<Uint8Array> {
  readonly #source: Readable;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #finished = false;

  constructor(source: Readable) {
    this.#source = source;
  }

  pull(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (this.#controller === undefined) this.#attach(controller);
    this.#source.resume();
  }

  /** The reader has seen enough: the rest is read and dropped, so that the connection can go on. */
  cancel(): void {
    this.#finished = true;
    this.#source.resume();
  }

  #attach(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#controller = controller;
    const gone = () => this.#finish(() => controller.error(new Error('the client closed the connection')));
    this.#source.on('data', (chunk: Uint8Array) => {
      if (this.#finished) return;
      controller.enqueue(chunk);
      this.#source.pause();
    });
    this.#source.once('end', () => this.#finish(() => controller.close()));
    this.#source.once('error', gone);
    this.#source.once('close', gone);
    if (this.#source.destroyed) gone();
  }

  #finish(how: () => void): void {
    if (this.#finished) return;
    this.#finished = true;
    how();
  }
}

/** Writes a web stream to a node stream, waiting where the client does not read. */
class NodeSink implements UnderlyingSink<Uint8Array> {
  readonly #socket: NodeDuplex;

  constructor(socket: NodeDuplex) {
    this.#socket = socket;
  }

  write(chunk: Uint8Array): Promise<void> | void {
    if (this.#socket.destroyed) throw new Error('the client closed the connection');
    if (!this.#socket.write(chunk)) return drainOf(this.#socket);
  }

  close(): void {
    this.#socket.end();
  }

  abort(): void {
    this.#socket.destroy();
  }
}

/** Resolves when more may be written, or when nobody is left to read it. */
export function drainOf(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
}
