import type { Duplex } from 'node:stream';
import type { Deadlines, Limited } from './http1/deadlines.ts';

/** nginx's client_header_timeout as ingress-nginx sets it, in milliseconds. */
const HEADER_TIMEOUT = 60_000;
const EMPTY = Buffer.alloc(0);

/** What to do with a connection once its first bytes have told; undefined: more bytes have to come. */
export type Look = (bytes: Uint8Array) => (() => void) | undefined;

/** Looks at the first bytes of a connection without taking them; one that ends before, or lets us wait, is closed. */
export class FirstBytes implements Limited {
  readonly #socket: Duplex;
  readonly #deadlines: Deadlines;
  readonly #look: Look;
  #bytes: Buffer = EMPTY;
  readonly deadline = Date.now() + HEADER_TIMEOUT;

  constructor(socket: Duplex, deadlines: Deadlines, look: Look) {
    this.#socket = socket;
    this.#deadlines = deadlines;
    this.#look = look;
    deadlines.add(this);
    socket.on('data', this.#onData);
    socket.on('end', this.#leave);
    socket.on('close', this.#leave);
    socket.resume();
  }

  timedOut(): void {
    this.#leave();
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const goOn = this.#look(this.#bytes);
    if (goOn === undefined) return;
    this.#stop();
    this.#socket.pause();
    this.#socket.unshift(this.#bytes);
    goOn();
  };

  readonly #leave = (): void => {
    this.#stop();
    this.#socket.destroy();
  };

  #stop(): void {
    this.#deadlines.delete(this);
    this.#socket.off('data', this.#onData);
    this.#socket.off('end', this.#leave);
    this.#socket.off('close', this.#leave);
  }
}
