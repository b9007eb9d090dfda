/*
 * The few ASN.1 types that an X.509 certificate is made of, in DER (X.690). Written here because certificates are needed
 * in the middle of synchronous work: the libraries that make them (selfsigned, @peculiar/x509) only do so asynchronously,
 * and cost 15 to 90 ms of start-up.
 */

function tlv(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

/** Short form below 128, else the number of bytes and the bytes (X.690, 8.1.3). */
function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  const short = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.from([0x80 | short.length]), short]);
}

export function sequence(...items: readonly Uint8Array[]): Buffer {
  return tlv(0x30, ...items);
}

export function set(...items: readonly Uint8Array[]): Buffer {
  return tlv(0x31, ...items);
}

/** A non-negative integer, big-endian. */
export function integer(bytes: Uint8Array): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const short = start < 0 ? Buffer.from([0]) : Buffer.from(bytes.subarray(start));
  return (short[0] as number) < 0x80 ? tlv(0x02, short) : tlv(0x02, Buffer.from([0]), short);
}

export function nothing(): Buffer {
  return tlv(0x05);
}

export function boolean(value: boolean): Buffer {
  return tlv(0x01, Buffer.from([value ? 0xff : 0]));
}

/** `1.2.840.10045.4.3.2`. */
export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return tlv(0x06, Buffer.from([40 * first + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

export function utf8String(text: string): Buffer {
  return tlv(0x0c, Buffer.from(text, 'utf8'));
}

/** @param unused bits at the end that do not count */
export function bitString(bytes: Uint8Array, unused = 0): Buffer {
  return tlv(0x03, Buffer.from([unused]), bytes);
}

export function octetString(bytes: Uint8Array): Buffer {
  return tlv(0x04, bytes);
}

/** UTCTime until 2049, GeneralizedTime from then on (RFC 5280, 4.1.2.5). @param milliseconds since the Unix epoch */
export function time(milliseconds: number): Buffer {
  const digits = `${new Date(milliseconds).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  const utc = Number(digits.slice(0, 4)) < 2050;
  return utc ? tlv(0x17, Buffer.from(digits.slice(2), 'ascii')) : tlv(0x18, Buffer.from(digits, 'ascii'));
}

/** `[number]` around its content, as EXPLICIT tags and constructed choices are. */
export function explicit(number: number, ...contents: readonly Uint8Array[]): Buffer {
  return tlv(0xa0 | number, ...contents);
}

/** `[number]` in place of the tag of a primitive value. */
export function implicit(number: number, bytes: Uint8Array): Buffer {
  return tlv(0x80 | number, bytes);
}
