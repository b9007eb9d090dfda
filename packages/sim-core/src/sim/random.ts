import seedrandom from 'seedrandom';

/** Alphabet of Kubernetes' generated names: no vowels, no 0, 1, 3 (k8s.io/apimachinery/pkg/util/rand). */
const NAME_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const HEX = '0123456789abcdef';

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
    const generator = seedrandom.alea(`${this.seed}/${name}`);
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
  let digits = '';
  for (let i = 0; i < length; i++) digits += HEX[stream.integer(0, 15)];
  return digits;
}

/** A version 4 UUID drawn from the stream. */
export function uuid(stream: RandomStream): string {
  const h = hexDigits(stream, 30);
  const variant = HEX[8 + stream.integer(0, 3)];
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(12, 15)}-${variant}${h.slice(15, 18)}-${h.slice(18, 30)}`;
}
