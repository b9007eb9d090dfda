import { Socket } from 'node:net';
import type { Duplex as NodeDuplex } from 'node:stream';
import { drainOf } from '../streams.ts';

/** nginx's send_timeout as ingress-nginx sets it, in milliseconds. */
const SEND_TIMEOUT = 60_000;
/** Longest answer whose head is put before its bytes: copying is cheaper than a second write. */
const LARGEST_COPY = 16_384;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what lies beyond ASCII
const NOT_ASCII = /[^\x00-\x7f]/;

/** Writes answers to a socket in as few pieces as may be, and knows how long its client has not read. */
export class SocketWriter {
  readonly #socket: NodeDuplex;
  /** When the client has had its time to read on, milliseconds since the epoch; Infinity while nothing waits for it. */
  deadline = Number.POSITIVE_INFINITY;

  constructor(socket: NodeDuplex) {
    this.#socket = socket;
  }

  /** Writes a head, a body, or both. False: wait for `drained`. @param head one character a byte */
  write(head: string, body: Uint8Array | string | undefined): boolean {
    const flushed = this.#write(head, body);
    if (!flushed) this.#waitForDrain();
    return flushed;
  }

  /** Resolves when more may be written, or when nobody is left to read it. */
  drained(): Promise<void> {
    return this.#socket.writableNeedDrain ? drainOf(this.#socket) : Promise.resolve();
  }

  /** Breaks the connection: the client sees a reset where that can be said. */
  reset(): void {
    if (this.#socket instanceof Socket && this.#socket.constructor === Socket) this.#socket.resetAndDestroy();
    else this.#socket.destroy();
  }

  /** Sends what was written, then closes. */
  end(): void {
    const socket = this.#socket as NodeDuplex & { destroySoon?(): void };
    if (socket.destroySoon) socket.destroySoon();
    else socket.end(() => socket.destroy());
  }

  #write(head: string, body: Uint8Array | string | undefined): boolean {
    const socket = this.#socket;
    if (body === undefined) return head === '' || socket.write(head, 'latin1');
    if (typeof body === 'string') {
      return NOT_ASCII.test(body) ? this.#write(head, Buffer.from(body)) : socket.write(head + body, 'latin1');
    }
    if (head === '') return socket.write(body);
    if (body.byteLength > LARGEST_COPY) {
      socket.write(head, 'latin1');
      return socket.write(body);
    }
    const bytes = Buffer.allocUnsafe(head.length + body.byteLength);
    bytes.write(head, 0, 'latin1');
    bytes.set(body, head.length);
    return socket.write(bytes);
  }

  #waitForDrain(): void {
    if (this.deadline !== Number.POSITIVE_INFINITY) return;
    this.deadline = Date.now() + SEND_TIMEOUT;
    this.#socket.once('drain', () => {
      this.deadline = Number.POSITIVE_INFINITY;
    });
  }
}
