/** Words of Blowfish's first state: 18 of its P-array, then four S-boxes of 256. */
const WORDS = 18 + 4 * 256;
const WORD_BITS = 32n;
/** Bits that rounding may spoil. */
const SPARE = 64n;

/**
 * The fraction of pi, which Blowfish starts from: its digits are worked out instead of being written down (Machin:
 * pi = 16 arctan 1/5 − 4 arctan 1/239).
 */
export function blowfishStart(): Uint32Array {
  const bits = WORD_BITS * BigInt(WORDS);
  const one = 1n << (bits + SPARE);
  const pi = (16n * arctanOfInverse(5n, one) - 4n * arctanOfInverse(239n, one)) >> SPARE;
  const fraction = (pi & ((1n << bits) - 1n)).toString(16).padStart(WORDS * 8, '0');
  return Uint32Array.from({ length: WORDS }, (_, word) => Number.parseInt(fraction.slice(word * 8, word * 8 + 8), 16));
}

function arctanOfInverse(x: bigint, one: bigint): bigint {
  let power = one / x;
  let sum = power;
  for (let n = 3n, sign = -1n; power !== 0n; n += 2n, sign = -sign) {
    power /= x * x;
    sum += (sign * power) / n;
  }
  return sum;
}
