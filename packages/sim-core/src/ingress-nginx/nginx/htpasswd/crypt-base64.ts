/** The digits of crypt(3): not those of base64, and the lowest six bits come first. */
const DIGITS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** So many digits for the 24 bits of three bytes, the first of which is the highest. */
export function cryptDigits(high: number, middle: number, low: number, count: number): string {
  let bits = (high << 16) | (middle << 8) | low;
  let digits = '';
  for (let i = 0; i < count; i++) {
    digits += DIGITS[bits & 0x3f];
    bits >>>= 6;
  }
  return digits;
}

/** Bytes joined. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Bytes repeated, and cut off where `length` is reached. */
export function repeat(bytes: Uint8Array, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => bytes[index % bytes.length] as number);
}
