import alea from 'seedrandom/lib/alea.js';

/** Alphabet of Kubernetes' generated names: no vowels, no 0, 1, 3 (k8s.io/apimachinery/pkg/util/rand). */
const NAME_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
/** Character codes of 0-9 a-f. */
const HEX: readonly number[] = Object.freeze([...'0123456789abcdef'].map((digit) => digit.charCodeAt(0)));
const DASH = 0x2d;

/** One long-lived stream of chance, owned by one consumer. */
export interface RandomStream {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [low, high], both included. */
  integer(low: number, high: number): number;
}

/**
 * The one source of chance of a cluster. Every consumer forks its own stream by name, so that a new consumer never
 * shifts the numbers of another: same seed and same name, same stream, on every machine.
 */
export class Random {
  readonly seed: string;

  constructor(seed: string | number) {
    this.seed = String(seed);
  }

  fork(name: string): RandomStream {
    const generator = alea(`${this.seed}/${name}`);
    return {
      next: () => generator(),
      integer: (low, high) => low + Math.floor(generator() * (high - low + 1)),
    };
  }
}

/** `length` characters as the API server appends them to a generateName. */
export function nameSuffix(stream: RandomStream, length = 5): string {
  let suffix = '';
  for (let i = 0; i < length; i++) suffix += NAME_ALPHABET[stream.integer(0, NAME_ALPHABET.length - 1)];
  return suffix;
}

/** `length` lower-case hexadecimal digits (uids, request ids). */
export function hexDigits(stream: RandomStream, length: number): string {
  return String.fromCharCode(...hexCodes(stream, length));
}

/** A version 4 UUID drawn from the stream. */
export function uuid(stream: RandomStream): string {
  const codes = hexCodes(stream, 32);
  codes[12] = HEX[4] as number;
  codes[16] = HEX[8 + stream.integer(0, 3)] as number;
  codes.splice(20, 0, DASH);
  codes.splice(16, 0, DASH);
  codes.splice(12, 0, DASH);
  codes.splice(8, 0, DASH);
  return String.fromCharCode(...codes);
}

/** Codes instead of characters: a string that is put together digit by digit keeps every piece of itself in memory. */
function hexCodes(stream: RandomStream, length: number): number[] {
  const codes: number[] = [];
  for (let eight = 0; eight < length; eight += 8) {
    let bits = stream.integer(0, 0xffff_ffff);
    for (let i = eight; i < Math.min(eight + 8, length); i++) {
      codes.push(HEX[bits >>> 28] as number);
      bits <<= 4;
    }
  }
  return codes;
}
