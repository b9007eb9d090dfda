import { connect, type Socket } from 'node:net';
import { constants, deflateRawSync } from 'node:zlib';
import { DICTIONARY_ID, spdyDictionary } from '../spdy/dictionary.ts';
import { controlFrame, dataFrames, FRAME, FrameReader, numbersFrame } from '../spdy/frames.ts';

/** A client of SPDY/3.1 that keeps what comes, by stream. */
export class SpdyClient {
  readonly socket: Socket;
  /** Everything until the first frame. */
  head = '';
  readonly data = new Map<number, string>();
  /** What else came, as `ping 1`, `reply 3`, `rst 5 3`, `fin 7`, `goaway 0 1`. */
  readonly events: string[] = [];
  isClosed = false;
  readonly #frames = new FrameReader();
  #window = spdyDictionary();
  #newest = -1;
  #wake: () => void = () => {};

  constructor(port: number, path: string, headers: readonly string[]) {
    this.socket = connect(port, '127.0.0.1');
    const lines = [`POST ${path} HTTP/1.1`, 'Host: localhost', 'Connection: Upgrade', 'Upgrade: SPDY/3.1', ...headers];
    this.socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    this.socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.socket.on('error', () => {});
    this.socket.on('close', () => {
      this.isClosed = true;
      this.#wake();
    });
  }

  /** Opens a stream. @returns its number */
  open(headers: Readonly<Record<string, string>>, id = this.#newest + 2): number {
    this.#newest = Math.max(id, this.#newest);
    const payload = Buffer.alloc(10);
    payload.writeUInt32BE(id);
    this.socket.write(controlFrame(FRAME.synStream, Buffer.concat([payload, this.#headerBlock(headers)])));
    return id;
  }

  send(id: number, text: string, fin = false): void {
    for (const frame of dataFrames(id, Buffer.from(text), fin)) this.socket.write(frame);
  }

  sendNumbers(type: number, ...numbers: readonly number[]): void {
    this.socket.write(numbersFrame(type, ...numbers));
  }

  /** Resolves once it is so. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (this.isClosed) throw new Error(`closed after ${this.head} ${this.events.join(', ')}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async closed(): Promise<void> {
    await this.until(() => this.isClosed).catch(() => {});
  }

  #receive(chunk: Buffer): void {
    for (const frame of this.#frames.read(this.#withoutHead(chunk))) {
      if (frame.kind === 'data') {
        this.data.set(frame.streamId, (this.data.get(frame.streamId) ?? '') + frame.data.toString('latin1'));
        if (frame.fin) this.events.push(`fin ${frame.streamId}`);
        continue;
      }
      const name = Object.entries(FRAME).find(([, type]) => type === frame.type)?.[0] ?? '?';
      const numbers = frame.type === FRAME.synReply ? frame.payload.subarray(0, 4) : frame.payload;
      const words = Array.from({ length: numbers.length / 4 }, (_, i) => numbers.readUInt32BE(4 * i));
      this.events.push([name, ...words].join(' '));
    }
    this.#wake();
  }

  #withoutHead(chunk: Buffer): Buffer {
    if (this.head.includes('\r\n\r\n')) return chunk;
    const text = this.head + chunk.toString('latin1');
    const end = text.indexOf('\r\n\r\n');
    const isUpgrade = text.startsWith('HTTP/1.1 101');
    const taken = end < 0 || !isUpgrade ? text.length : end + 4;
    const before = this.head.length;
    this.head = text.slice(0, taken);
    return chunk.subarray(taken - before);
  }

  #headerBlock(headers: Readonly<Record<string, string>>): Buffer {
    const plain: Buffer[] = [number(Object.keys(headers).length)];
    for (const text of Object.entries(headers).flat()) plain.push(number(Buffer.byteLength(text)), Buffer.from(text));
    const block = Buffer.concat(plain);
    const { Z_SYNC_FLUSH: finishFlush } = constants;
    const deflated = deflateRawSync(block, { dictionary: this.#window, finishFlush });
    const isFirst = this.#window.length < 1424;
    this.#window = Buffer.concat([this.#window, block]).subarray(-32_768);
    return isFirst ? Buffer.concat([Buffer.from([0x78, 0xbb]), number(DICTIONARY_ID), deflated]) : deflated;
  }
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
