import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { concat, cryptDigits, repeat } from './crypt-base64.ts';

type Hash = (bytes: Uint8Array) => Uint8Array;

/** Rounds that a stored hash may ask for; more would hold up everybody. */
const MOST_ROUNDS = 50_000;

/** `$5$` (SHA-256) and `$6$` (SHA-512): the hash of a password with the salt of a stored one (Drepper, SHA-crypt.txt). */
export function shaCrypt(password: string, stored: string): string {
  const [, magic = '', rounds, salt = ''] = /^(\$[56]\$)(?:rounds=(\d{1,9})\$)?([^$]{0,16})/.exec(stored) ?? [];
  const hash: Hash = magic === '$5$' ? sha256 : sha512;
  const count = Math.min(Math.max(Number(rounds ?? 5000), 1000), MOST_ROUNDS);
  const digest = digestOf(hash, utf8ToBytes(password), utf8ToBytes(salt), count);
  const asked = rounds === undefined ? '' : `rounds=${count}$`;
  return `${magic}${asked}${salt}$${magic === '$5$' ? print(digest, SHA256_ORDER) : print(digest, SHA512_ORDER)}`;
}

function digestOf(hash: Hash, word: Uint8Array, salt: Uint8Array, rounds: number): Uint8Array {
  const inner = hash(concat(word, salt, word));
  const bits: Uint8Array[] = [];
  for (let length = word.length; length > 0; length >>>= 1) bits.push(length & 1 ? inner : word);
  const first = hash(concat(word, salt, repeat(inner, word.length), ...bits));
  const words = repeat(hash(repeat(word, word.length ** 2)), word.length);
  const salts = repeat(hash(repeat(salt, salt.length * (16 + (first[0] as number)))), salt.length);
  let digest = first;
  for (let round = 0; round < rounds; round++) {
    const odd = round % 2 === 1;
    const extra = [...(round % 3 === 0 ? [] : [salts]), ...(round % 7 === 0 ? [] : [words])];
    digest = hash(concat(odd ? words : digest, ...extra, odd ? digest : words));
  }
  return digest;
}

type Group = readonly [high: number, middle: number, low: number];

const SHA256_ORDER: readonly Group[] = order(10, 2);
const SHA512_ORDER: readonly Group[] = order(21, 1);

/**
 * Which bytes stand together: one of each third of the digest, each group turned by a place against the one before it.
 * @param third length of a third
 * @param step places to turn
 */
function order(third: number, step: number): readonly Group[] {
  const groups = Array.from({ length: third }, (_, index): Group => {
    const at = (place: number) => index + third * ((place + index * step) % 3);
    return [at(0), at(1), at(2)];
  });
  return Object.freeze(groups);
}

function print(digest: Uint8Array, groups: readonly Group[]): string {
  const at = (index: number) => digest[index] as number;
  const last = digest.length === 32 ? cryptDigits(0, at(31), at(30), 3) : cryptDigits(0, 0, at(63), 2);
  return groups.map(([high, middle, low]) => cryptDigits(at(high), at(middle), at(low), 4)).join('') + last;
}
