import { ProtobufError } from './protobuf-error.ts';

/** How the value of a field is laid out in bytes. */
export const WIRE: Readonly<Record<'varint' | 'fixed64' | 'bytes' | 'startGroup' | 'endGroup' | 'fixed32', number>> =
  Object.freeze({ varint: 0, fixed64: 1, bytes: 2, startGroup: 3, endGroup: 4, fixed32: 5 });

const MAX_VARINT_BYTES = 10;
const TWO_32 = 2 ** 32;

/** The number of a field and the wire type of its value. */
export interface Tag {
  readonly number: number;
  readonly wireType: number;
}

/**
 * Reads the protobuf wire format of one message, in the order of its bytes and never beyond them. Copies nothing.
 * Everything it throws is a ProtobufError in the words of gogo-proto's generated code.
 */
export class WireReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether everything was read. */
  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The next tag of a message whose Go type has this name. */
  tag(message: string): Tag {
    const { low, high } = this.#varint();
    const wireType = low & 7;
    const number = (low >>> 3) | (high << 29) | 0;
    if (wireType === WIRE.endGroup) throw new ProtobufError(`proto: ${message}: wiretype end group for non-group`);
    if (number <= 0) {
      throw new ProtobufError(`proto: ${message}: illegal tag ${number} (wire type ${high * TWO_32 + low})`);
    }
    return { number, wireType };
  }

  /** A signed 64-bit integer; beyond 2^53 the nearest double. */
  int64(): number {
    const { low, high } = this.#varint();
    return (high | 0) * TWO_32 + low;
  }

  /** A signed 32-bit integer: what is longer loses its upper half, as in Go. */
  int32(): number {
    return this.#varint().low | 0;
  }

  bool(): boolean {
    const { low, high } = this.#varint();
    return low !== 0 || high !== 0;
  }

  double(): number {
    const bytes = this.#take(8);
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
  }

  /** The bytes of a string, a byte array or a message: a view, not a copy. */
  bytes(): Uint8Array {
    const length = this.int64();
    if (length < 0) throw new ProtobufError('proto: negative length found during unmarshaling');
    return this.#take(length);
  }

  /** Leaves out the value of a field that nobody knows. */
  skip(wireType: number): void {
    let depth = 0;
    let type = wireType;
    for (;;) {
      if (type === WIRE.startGroup) depth++;
      else if (type === WIRE.endGroup) depth = leaveGroup(depth);
      else this.#skipValue(type);
      if (depth === 0) return;
      type = this.#varint().low & 7;
    }
  }

  #skipValue(wireType: number): void {
    if (wireType === WIRE.varint) this.#varint();
    else if (wireType === WIRE.fixed64) this.#take(8);
    else if (wireType === WIRE.bytes) this.bytes();
    else if (wireType === WIRE.fixed32) this.#take(4);
    else throw new ProtobufError(`proto: illegal wireType ${wireType}`);
  }

  #take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new ProtobufError('unexpected EOF');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  /** Both halves of an unsigned 64-bit integer; bits beyond the 64th are dropped. */
  #varint(): { low: number; high: number } {
    let low = 0;
    let high = 0;
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new ProtobufError('unexpected EOF');
      const bits = byte & 0x7f;
      if (i < 4) low |= bits << (7 * i);
      else if (i === 4) {
        low |= bits << 28;
        high = bits >>> 4;
      } else high |= bits << (7 * i - 32);
      if (byte < 0x80) return { low: low >>> 0, high: high >>> 0 };
    }
    throw new ProtobufError('proto: integer overflow');
  }
}

function leaveGroup(depth: number): number {
  if (depth === 0) throw new ProtobufError('proto: unexpected end of group');
  return depth - 1;
}
