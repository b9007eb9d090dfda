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
  const codes: number[] = [];
  for (let left = length; left > 0; left -= 8) pushDigits(codes, bits(stream), Math.min(left, 8));
  return String.fromCharCode(...codes);
}

/** A version 4 UUID drawn from the stream. */
export function uuid(stream: RandomStream): string {
  const codes: number[] = [];
  pushDigits(codes, bits(stream), 8);
  const middle = bits(stream);
  codes.push(DASH);
  pushDigits(codes, middle, 4);
  codes.push(DASH, HEX[4] as number);
  pushDigits(codes, middle << 20, 3);
  const end = bits(stream);
  codes.push(DASH, HEX[8 + (end >>> 30)] as number);
  pushDigits(codes, end << 4, 3);
  codes.push(DASH);
  pushDigits(codes, end << 16, 4);
  pushDigits(codes, bits(stream), 8);
  return String.fromCharCode(...codes);
}

/** 32 bits. */
function bits(stream: RandomStream): number {
  return stream.integer(0, 0xffff_ffff);
}

/** Codes, not characters: a string that is put together digit by digit keeps every piece of itself in memory. */
function pushDigits(codes: number[], from: number, count: number): void {
  for (let shift = 28; shift > 28 - 4 * count; shift -= 4) codes.push(HEX[(from >>> shift) & 15] as number);
}
