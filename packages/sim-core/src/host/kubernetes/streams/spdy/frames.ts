/** Types of control frames (SPDY/3.1, 2.6). */
export const FRAME = Object.freeze({
  synStream: 1,
  synReply: 2,
  rstStream: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  headers: 8,
  windowUpdate: 9,
});

/** Why a stream is reset (SPDY/3.1, 2.6.3). */
export const RESET = Object.freeze({ protocolError: 1, refusedStream: 3, cancel: 5 });

/** The flag of a frame that is the sender's last on its stream. */
export const FIN = 1;

/** A part of a data frame, or a whole control frame. Data is handed on as it comes, however long its frame is. */
export type Frame =
  | { readonly kind: 'data'; readonly streamId: number; readonly data: Buffer; readonly fin: boolean }
  | { readonly kind: 'control'; readonly type: number; readonly flags: number; readonly payload: Buffer };

/** What no SPDY/3 peer sends: the connection ends. */
export class SpdyError extends Error {
  override readonly name = 'SpdyError';
}

const HEAD = 8;
const VERSION = 3;
const CONTROL = 0x8000;
/** Longest control frame that is read, bytes: headers of Kubernetes' streams have some hundred. */
const LONGEST_CONTROL = 65_536;
/** Longest data frame that is written, bytes, so that streams have their turns. */
const LONGEST_DATA = 65_536;

interface Body {
  left: number;
  readonly flags: number;
  readonly streamId?: number;
  readonly type: number;
  readonly payload: Buffer;
}

/** Cuts a byte stream into frames. */
export class FrameReader {
  readonly #head = Buffer.alloc(HEAD);
  #headLength = 0;
  #body: Body | undefined;

  /** @throws SpdyError */
  *read(chunk: Buffer): Generator<Frame> {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#body === undefined) {
        rest = rest.subarray(this.#fillHead(rest));
        if (this.#headLength < HEAD) return;
        this.#headLength = 0;
        this.#body = bodyOf(this.#head);
      }
      const body = this.#body;
      const piece = rest.subarray(0, body.left);
      rest = rest.subarray(piece.length);
      const frame = take(body, piece);
      if (body.left === 0) this.#body = undefined;
      if (frame !== undefined) yield frame;
    }
  }

  #fillHead(bytes: Buffer): number {
    const copied = bytes.copy(this.#head, this.#headLength);
    this.#headLength += copied;
    return copied;
  }
}

function bodyOf(head: Buffer): Body {
  const first = head.readUInt16BE(0);
  const flags = head.readUInt8(4);
  const left = head.readUIntBE(5, 3);
  if ((first & CONTROL) === 0) {
    return { left, flags, type: 0, streamId: head.readUInt32BE(0), payload: Buffer.alloc(0) };
  }
  if ((first & ~CONTROL) !== VERSION) throw new SpdyError(`version ${first & ~CONTROL} is not spoken`);
  if (left > LONGEST_CONTROL) throw new SpdyError(`a control frame of ${left} bytes is too long`);
  return { left, flags, type: head.readUInt16BE(2), payload: Buffer.alloc(left) };
}

function take(body: Body, piece: Buffer): Frame | undefined {
  const { flags, streamId, type, payload } = body;
  if (streamId === undefined) piece.copy(payload, payload.length - body.left);
  body.left -= piece.length;
  const whole = body.left === 0;
  if (streamId === undefined) return whole ? { kind: 'control', type, flags, payload } : undefined;
  return { kind: 'data', streamId, data: piece, fin: whole && (flags & FIN) !== 0 };
}

/** A control frame. */
export function controlFrame(type: number, payload: Buffer, flags = 0): Buffer {
  const head = Buffer.alloc(HEAD);
  head.writeUInt16BE(CONTROL | VERSION, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt8(flags, 4);
  head.writeUIntBE(payload.length, 5, 3);
  return Buffer.concat([head, payload]);
}

/** A control frame whose payload is a few 32-bit numbers. */
export function numbersFrame(type: number, ...numbers: readonly number[]): Buffer {
  const payload = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, i) => {
    payload.writeUInt32BE(number, 4 * i);
  });
  return controlFrame(type, payload);
}

/** Data of a stream as frames, to be written in this order. */
export function dataFrames(streamId: number, chunk: Uint8Array, fin: boolean): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at === 0 || at < chunk.length; at += LONGEST_DATA) {
    const piece = chunk.subarray(at, at + LONGEST_DATA);
    const head = Buffer.alloc(HEAD);
    head.writeUInt32BE(streamId, 0);
    head.writeUInt8(fin && at + piece.length === chunk.length ? FIN : 0, 4);
    head.writeUIntBE(piece.length, 5, 3);
    frames.push(Buffer.concat([head, piece]));
  }
  return frames;
}
