import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/* JSON Web Tokens, signed with HMAC-SHA256 (RFC 7519, RFC 7515 with alg HS256). */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** `header.payload.signature`; @param keyID names the key in the header */
export function signJwt(claims: object, key: Uint8Array, keyID: string): string {
  const head = encode(utf8ToBytes(JSON.stringify({ alg: 'HS256', kid: keyID })));
  const signed = `${head}.${encode(utf8ToBytes(JSON.stringify(claims)))}`;
  return `${signed}.${signatureOf(signed, key)}`;
}

/** Claims of a token that this key has signed; undefined for every other text. */
export function verifyJwt(token: string, key: Uint8Array): unknown {
  const [head, payload, signature, ...more] = token.split('.');
  if (head === undefined || payload === undefined || signature === undefined || more.length > 0) return undefined;
  if (signatureOf(`${head}.${payload}`, key) !== signature) return undefined;
  return parseClaims(payload);
}

/** Claims of a token, whoever has signed it. */
export function readJwt(token: string): unknown {
  const parts = token.split('.');
  return parts.length === 3 ? parseClaims(parts[1] as string) : undefined;
}

function parseClaims(payload: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(decode(payload)));
  } catch {
    return undefined;
  }
}

function signatureOf(signed: string, key: Uint8Array): string {
  return encode(hmac(sha256, key, utf8ToBytes(signed)));
}

/** base64url without padding (RFC 7515 appendix C). */
function encode(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const bits = (a << 16) | (b << 8) | c;
    const digits = [18, 12, 6, 0].map((shift) => ALPHABET[(bits >> shift) & 63]).join('');
    text += digits.slice(0, Math.min(3, bytes.length - i) + 1);
  }
  return text;
}

function decode(text: string): Uint8Array {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const digit of text) {
    bits = ((bits << 6) | ALPHABET.indexOf(digit)) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push((bits >> held) & 0xff);
  }
  return Uint8Array.from(bytes);
}
