import type { Duplex } from 'node:stream';
import { FINISH_TIMEOUT } from '../upgrade.ts';
import {
  controlFrame,
  dataFrames,
  FIN,
  FRAME,
  type Frame,
  FrameReader,
  numbersFrame,
  RESET,
  SpdyError,
} from './frames.ts';
import { EmptyHeaderBlockWriter, HeaderBlockReader } from './header-block.ts';
import { SpdyStream, type StreamOwner } from './stream.ts';

/** Most streams of a client at a time. */
const MOST_STREAMS = 1024;
/** Bytes that may wait for a client that asks on and does not read. */
const MOST_UNSENT = 16 * 1024 * 1024;
/** How long the connection waits for the reader of one stream before that stream is reset, in milliseconds. */
const PATIENCE = 60_000;
const PROTOCOL_ERROR = 1;
const STREAM_ID = 0x7fff_ffff;

export interface SpdyOptions {
  /** Told of each stream that the client opens. False resets it. */
  readonly onStream: (stream: SpdyStream) => boolean;
  /** Told once, when the connection is over. */
  readonly onClose: () => void;
}

/**
 * The server's side of a SPDY/3.1 connection, as far as Kubernetes' clients go (moby/spdystream): only they open streams,
 * and neither side keeps account of windows. Where a reader or the client is slow the socket waits, both ways.
 */
export class SpdyConnection implements StreamOwner {
  readonly #socket: Duplex;
  readonly #options: SpdyOptions;
  readonly #frames = new FrameReader();
  readonly #received = new HeaderBlockReader();
  readonly #replies = new EmptyHeaderBlockWriter();
  readonly #streams = new Map<number, SpdyStream>();
  /** Streams whose readers are behind. */
  readonly #full = new Set<SpdyStream>();
  #patience: NodeJS.Timeout | undefined;
  #newest = 0;
  #goingAway = false;
  #isOver = false;

  /** @param head bytes that were read from the socket already */
  constructor(socket: Duplex, head: Buffer, options: SpdyOptions) {
    this.#socket = socket;
    this.#options = options;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.once('end', () => socket.destroy());
    socket.on('error', () => {
      // A client that resets its connection is no error of ours; 'close' follows, from a WebSocket's stream too.
    });
    socket.once('close', () => this.#over());
    if (head.length > 0) socket.unshift(head);
  }

  /** Bytes that the client has not taken yet. */
  get buffered(): number {
    let bytes = this.#socket.writableLength;
    for (const stream of this.#streams.values()) bytes += stream.writableLength;
    return bytes;
  }

  /** Sends what was written, then closes. */
  end(): void {
    const socket = this.#socket;
    const expired = setTimeout(() => socket.destroy(), FINISH_TIMEOUT).unref();
    socket.once('close', () => clearTimeout(expired));
    socket.end(() => socket.destroy());
  }

  destroy(): void {
    this.#socket.destroy();
  }

  sendData(id: number, chunk: Uint8Array, fin: boolean, sent: (error?: Error | null) => void): void {
    const frames = dataFrames(id, chunk, fin);
    const last = frames.pop();
    for (const frame of frames) this.#socket.write(frame);
    this.#socket.write(last, sent);
  }

  drained(stream: SpdyStream): void {
    if (!this.#full.delete(stream) || this.#full.size > 0) return;
    clearTimeout(this.#patience);
    this.#socket.resume();
  }

  closed(stream: SpdyStream, cut: boolean): void {
    this.#streams.delete(stream.id);
    this.drained(stream);
    if (cut) this.#send(numbersFrame(FRAME.rstStream, stream.id, RESET.cancel));
    if (this.#goingAway && this.#streams.size === 0) this.end();
  }

  #receive(chunk: Buffer): void {
    if (this.#isOver) return;
    try {
      for (const frame of this.#frames.read(chunk)) this.#handle(frame);
    } catch (error) {
      if (!(error instanceof SpdyError)) throw error;
      this.#send(numbersFrame(FRAME.goAway, this.#newest, PROTOCOL_ERROR));
      this.end();
      this.#over();
    }
  }

  #handle(frame: Frame): void {
    if (frame.kind === 'data') return this.#data(frame.streamId, frame.data, frame.fin);
    const { type, flags, payload } = frame;
    if (type === FRAME.synStream) this.#open(payload, flags);
    else if (type === FRAME.rstStream) this.#streams.get(numberAt(payload, 0) & STREAM_ID)?.destroy();
    else if (type === FRAME.ping) this.#ping(payload);
    else if (type === FRAME.goAway) this.#goAway();
    else if (type === FRAME.headers || type === FRAME.synReply) this.#received.read(payload.subarray(4));
    // Settings, window updates and what nobody knows are read and left, as moby/spdystream does it.
  }

  #open(payload: Buffer, flags: number): void {
    const id = numberAt(payload, 0) & STREAM_ID;
    const headers = this.#received.read(payload.subarray(10));
    if (this.#goingAway) return;
    if (id % 2 === 0 || id <= this.#newest) return this.#send(numbersFrame(FRAME.rstStream, id, RESET.protocolError));
    this.#newest = id;
    if (this.#streams.size >= MOST_STREAMS) return this.#send(numbersFrame(FRAME.rstStream, id, RESET.refusedStream));
    const stream = new SpdyStream(id, headers, this);
    this.#streams.set(id, stream);
    if (!this.#options.onStream(stream)) return void stream.destroy();
    const reply = Buffer.alloc(4);
    reply.writeUInt32BE(id);
    this.#send(controlFrame(FRAME.synReply, Buffer.concat([reply, this.#replies.write()])));
    if ((flags & FIN) !== 0) stream.receive(Buffer.alloc(0), true);
  }

  #data(id: number, data: Buffer, fin: boolean): void {
    const stream = this.#streams.get(id);
    if (stream !== undefined && !stream.receive(data, fin)) this.#waitFor(stream);
  }

  #waitFor(stream: SpdyStream): void {
    if (this.#full.size === 0) {
      this.#socket.pause();
      this.#patience = setTimeout(() => {
        for (const full of this.#full) full.destroy();
      }, PATIENCE).unref();
    }
    this.#full.add(stream);
  }

  /** A client's pings have odd numbers; even ones would be answers to ours. */
  #ping(payload: Buffer): void {
    const id = numberAt(payload, 0);
    if (id % 2 === 1) this.#send(numbersFrame(FRAME.ping, id));
  }

  #goAway(): void {
    this.#goingAway = true;
    if (this.#streams.size === 0) this.end();
  }

  #send(frame: Buffer): void {
    if (this.#socket.writableLength > MOST_UNSENT) this.#socket.destroy();
    else if (!this.#socket.destroyed && this.#socket.writable) this.#socket.write(frame);
  }

  #over(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const stream of this.#streams.values()) stream.destroy();
    clearTimeout(this.#patience);
    this.#options.onClose();
  }
}

function numberAt(payload: Buffer, at: number): number {
  if (payload.length < at + 4) throw new SpdyError('a control frame that is too short');
  return payload.readUInt32BE(at);
}
