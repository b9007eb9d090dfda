import { connect, type Socket } from 'node:net';

/** A client that sends bytes as they are and keeps what comes back. */
export class RawClient {
  readonly socket: Socket;
  received = '';
  #ended = false;
  #reset = false;
  #wake: () => void = () => {};

  constructor(port: number, host = '127.0.0.1') {
    this.socket = connect({ port, host });
    this.socket.setEncoding('latin1');
    this.socket.on('data', (data) => {
      this.received += data;
      this.#wake();
    });
    this.socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#reset = error.code === 'ECONNRESET';
    });
    this.socket.on('close', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  send(text: string): this {
    this.socket.write(text, 'latin1');
    return this;
  }

  /** Resolves when so many answers' heads, or other matches, have come. */
  async matches(pattern: RegExp, count = 1): Promise<string> {
    while ((this.received.match(new RegExp(pattern, 'g')) ?? []).length < count) {
      if (this.#ended) throw new Error(`the connection ended after ${JSON.stringify(this.received)}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.received;
  }

  /** Resolves when the connection is closed, with everything that came. */
  async end(): Promise<{ received: string; reset: boolean }> {
    while (!this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return { received: this.received, reset: this.#reset };
  }
}
