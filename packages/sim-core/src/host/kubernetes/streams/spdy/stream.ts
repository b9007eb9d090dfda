import { Duplex } from 'node:stream';
import type { SpdyHeaders } from './header-block.ts';

/** Bytes of a stream that wait for their reader before the whole connection waits. */
const MOST_UNREAD = 128 * 1024;

/** What a stream asks of its connection. */
export interface StreamOwner {
  sendData(id: number, chunk: Uint8Array, fin: boolean, sent: (error?: Error | null) => void): void;
  /** The reader wants more. */
  drained(stream: SpdyStream): void;
  /** It is over; `cut` when the client has not been told that nothing more comes. */
  closed(stream: SpdyStream, cut: boolean): void;
}

/** A stream that the client has opened. */
export class SpdyStream extends Duplex {
  readonly id: number;
  readonly headers: SpdyHeaders;
  readonly #owner: StreamOwner;
  #finSent = false;
  #finReceived = false;

  constructor(id: number, headers: SpdyHeaders, owner: StreamOwner) {
    super({ readableHighWaterMark: MOST_UNREAD });
    this.id = id;
    this.headers = headers;
    this.#owner = owner;
    this.on('error', () => {
      // Without a listener node would throw; 'close' follows.
    });
  }

  /** As of a socket: ends, and is over as soon as the end is sent. Node's HTTP server calls it. */
  destroySoon(): void {
    this.once('finish', () => this.destroy());
    if (this.writableFinished) this.destroy();
    else this.end();
  }

  /** Takes what the client sent. False: the reader is behind. */
  receive(data: Uint8Array, fin: boolean): boolean {
    if (this.#finReceived || this.destroyed) return true;
    const keepsUp = data.length === 0 || this.push(data);
    this.#finReceived = fin;
    if (fin) this.push(null);
    return keepsUp;
  }

  override _read(): void {
    this.#owner.drained(this);
  }

  override _write(chunk: Uint8Array, _encoding: string, sent: (error?: Error | null) => void): void {
    this.#owner.sendData(this.id, chunk, false, sent);
  }

  override _final(sent: (error?: Error | null) => void): void {
    this.#finSent = true;
    this.#owner.sendData(this.id, new Uint8Array(0), true, sent);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#owner.closed(this, !this.#finSent);
    done(error);
  }
}
