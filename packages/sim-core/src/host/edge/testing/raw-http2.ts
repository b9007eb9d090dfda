import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';

/** Types of frames (RFC 9113, 6). */
export const FRAME = Object.freeze({
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
});
export const END_STREAM = 1;
export const END_HEADERS = 4;

/** A frame as it stands on the wire. */
export function frame(type: number, flags: number, stream: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Headers without any compression (RFC 7541, 6.2.2); names and values of up to 126 bytes. */
export function headerBlock(headers: readonly (readonly [string, string])[]): Buffer {
  const text = (value: string) => Buffer.concat([Buffer.from([value.length]), Buffer.from(value, 'latin1')]);
  return Buffer.concat(headers.flatMap(([name, value]) => [Buffer.from([0]), text(name), text(value)]));
}

/** The head of a GET without body. */
export function getRequest(stream: number, path = '/'): Buffer {
  const block = headerBlock([
    [':method', 'GET'],
    [':scheme', 'https'],
    [':authority', 'a'],
    [':path', path],
  ]);
  return frame(FRAME.headers, END_STREAM | END_HEADERS, stream, block);
}

/** A client that agrees on HTTP/2 and then sends frames as they are. */
export class RawHttp2Client {
  readonly socket: TLSSocket;
  readonly #ended: Promise<void>;
  #received = Buffer.alloc(0);

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ALPNProtocols: ['h2'] });
    this.socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
    });
    this.socket.on('error', () => {});
    this.#ended = new Promise((resolve) => this.socket.once('close', () => resolve()));
  }

  /** Waits for the handshake and says that it speaks HTTP/2. */
  async greet(): Promise<this> {
    await once(this.socket, 'secureConnect');
    return this.send(Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame(FRAME.settings, 0, 0));
  }

  send(...frames: readonly Uint8Array[]): this {
    if (!this.socket.destroyed) this.socket.write(Buffer.concat(frames));
    return this;
  }

  /** Waits until what was sent has gone out, or the connection has ended. */
  async flushed(): Promise<void> {
    if (this.socket.writableNeedDrain) await Promise.race([once(this.socket, 'drain').catch(() => {}), this.#ended]);
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Frames that came: type, stream, and the code of a reset or goodbye. */
  frames(): { type: number; stream: number; code: number | undefined }[] {
    const frames = [];
    for (let at = 0; at + 9 <= this.#received.length; ) {
      const length = this.#received.readUIntBE(at, 3);
      const type = this.#received[at + 3] as number;
      const codeAt = at + 9 + (type === FRAME.goaway ? 4 : 0);
      const hasCode = (type === FRAME.reset || type === FRAME.goaway) && codeAt + 4 <= this.#received.length;
      const code = hasCode ? this.#received.readUInt32BE(codeAt) : undefined;
      frames.push({ type, stream: this.#received.readUInt32BE(at + 5), code });
      at += 9 + length;
    }
    return frames;
  }

  end(): Promise<void> {
    return this.#ended;
  }
}
