import { md5 } from '@noble/hashes/legacy.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { concat, cryptDigits, repeat } from './crypt-base64.ts';

const ROUNDS = 1000;

/** `$1$salt$…` and Apache's `$apr1$salt$…`: the hash of a password with the salt of a stored one (ngx_crypt_apr1). */
export function md5Crypt(password: string, stored: string): string {
  const [, magic = '', salt = ''] = /^(\$(?:apr1|1)\$)([^$]{0,8})/.exec(stored) ?? [];
  const [word, salting] = [utf8ToBytes(password), utf8ToBytes(salt)];
  const inner = md5(concat(word, salting, word));
  let digest = md5(concat(word, utf8ToBytes(magic), salting, repeat(inner, word.length), bitsOf(word)));
  for (let round = 0; round < ROUNDS; round++) digest = md5(concat(...roundParts(round, word, salting, digest)));
  return `${magic}${salt}$${print(digest)}`;
}

/** A zero byte for each bit of the length that is set, the first byte of the password for each that is not. */
function bitsOf(word: Uint8Array): Uint8Array {
  const bits: number[] = [];
  for (let length = word.length; length > 0; length >>>= 1) bits.push(length & 1 ? 0 : (word[0] as number));
  return Uint8Array.from(bits);
}

function roundParts(round: number, word: Uint8Array, salt: Uint8Array, digest: Uint8Array): Uint8Array[] {
  const odd = round % 2 === 1;
  return [
    odd ? word : digest,
    ...(round % 3 === 0 ? [] : [salt]),
    ...(round % 7 === 0 ? [] : [word]),
    odd ? digest : word,
  ];
}

function print(digest: Uint8Array): string {
  const at = (index: number) => digest[index] as number;
  const groups = [0, 1, 2, 3].map((i) => cryptDigits(at(i), at(i + 6), at(i + 12), 4)).join('');
  return `${groups}${cryptDigits(at(4), at(10), at(5), 4)}${cryptDigits(0, 0, at(11), 2)}`;
}
