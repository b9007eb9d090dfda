import { utf8ToBytes } from '@noble/hashes/utils.js';
import { blowfishStart } from './blowfish-start.ts';

const DIGITS = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const P_WORDS = 18;
/** Rounds (2 to that power) beyond which a hash is not tried: it would hold up everybody. */
const HIGHEST_COST = 14;
/** What is encrypted: "OrpheanBeholderScryDoubt". */
const TEXT: readonly number[] = Object.freeze([0x4f727068, 0x65616e42, 0x65686f6c, 0x64657253, 0x63727944, 0x6f756274]);

/**
 * `$2y$cost$salt…`: the hash of a password with cost and salt of a stored one (Provos and Mazières, "A Future-Adaptable
 * Password Scheme"). '' where the stored one is none.
 */
export function bcrypt(password: string, stored: string): string {
  const [, head, cost = '', salt = ''] = /^(\$2[abxy]\$(\d\d)\$)([./A-Za-z0-9]{22})/.exec(stored) ?? [];
  if (head === undefined || Number(cost) < 4 || Number(cost) > HIGHEST_COST) return '';
  const key = keyWords(password);
  const saltBytes = decode(salt, 16);
  const saltWords = Uint32Array.from({ length: 4 }, (_, word) => bytesAt(saltBytes, word * 4));
  const state = blowfishStart();
  expand(state, key, saltWords);
  for (let round = 2 ** Number(cost); round > 0; round--) {
    expand(state, key, undefined);
    expand(state, repeatWords(saltWords), undefined);
  }
  return head + salt + encode(encryptText(state));
}

/** The password with a zero byte behind it, again and again, as 18 words. At most 72 bytes count. */
function keyWords(password: string): Uint32Array {
  const bytes = new Uint8Array([...utf8ToBytes(password), 0]).slice(0, 72);
  const at = (index: number) => bytes[index % bytes.length] as number;
  return Uint32Array.from({ length: P_WORDS }, (_, word) => {
    const i = word * 4;
    return (at(i) << 24) | (at(i + 1) << 16) | (at(i + 2) << 8) | at(i + 3);
  });
}

function repeatWords(words: Uint32Array): Uint32Array {
  return Uint32Array.from({ length: P_WORDS }, (_, index) => words[index % words.length] as number);
}

function bytesAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
}

/** ExpandKey: mixes the key into the P-array, then replaces the whole state by what it encrypts, with the salt mixed in. */
function expand(state: Uint32Array, key: Uint32Array, salt: Uint32Array | undefined): void {
  for (let i = 0; i < P_WORDS; i++) state[i] = (state[i] as number) ^ (key[i] as number);
  const block = new Uint32Array(2);
  for (let i = 0; i < state.length; i += 2) {
    if (salt !== undefined) {
      block[0] = (block[0] as number) ^ (salt[i % 4] as number);
      block[1] = (block[1] as number) ^ (salt[(i + 1) % 4] as number);
    }
    encipher(state, block);
    state[i] = block[0] as number;
    state[i + 1] = block[1] as number;
  }
}

/** One block through the 16 rounds of Blowfish. */
function encipher(state: Uint32Array, block: Uint32Array): void {
  let left = block[0] as number;
  let right = block[1] as number;
  for (let round = 0; round < 16; round += 2) {
    left ^= state[round] as number;
    right ^= mix(state, left);
    right ^= state[round + 1] as number;
    left ^= mix(state, right);
  }
  block[0] = right ^ (state[17] as number);
  block[1] = left ^ (state[16] as number);
}

function mix(state: Uint32Array, word: number): number {
  const a = state[P_WORDS + (word >>> 24)] as number;
  const b = state[P_WORDS + 256 + ((word >>> 16) & 0xff)] as number;
  const c = state[P_WORDS + 512 + ((word >>> 8) & 0xff)] as number;
  const d = state[P_WORDS + 768 + (word & 0xff)] as number;
  return (((a + b) ^ c) + d) | 0;
}

function encryptText(state: Uint32Array): Uint8Array {
  const words = Uint32Array.from(TEXT);
  for (let i = 0; i < words.length; i += 2) {
    const block = words.subarray(i, i + 2);
    for (let round = 0; round < 64; round++) encipher(state, block);
  }
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [index, word] of words.entries()) view.setUint32(index * 4, word);
  return bytes.slice(0, 23);
}

/** bcrypt's own base64: highest bits first, other digits, no padding. */
function encode(bytes: Uint8Array): string {
  let text = '';
  for (let bit = 0; bit < bytes.length * 8; bit += 6) {
    const at = bit >> 3;
    const pair = ((bytes[at] as number) << 8) | (bytes[at + 1] ?? 0);
    text += DIGITS[(pair >> (10 - (bit & 7))) & 0x3f];
  }
  return text;
}

function decode(text: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let bits = 0;
  let value = 0;
  let at = 0;
  for (const digit of text) {
    value = ((value << 6) | DIGITS.indexOf(digit)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    if (at < length) bytes[at++] = (value >> bits) & 0xff;
  }
  return bytes;
}
