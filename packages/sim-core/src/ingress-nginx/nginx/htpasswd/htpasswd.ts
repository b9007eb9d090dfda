import { sha1 } from '@noble/hashes/legacy.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { bcrypt } from './bcrypt.ts';
import { md5Crypt } from './md5-crypt.ts';
import { shaCrypt } from './sha-crypt.ts';

/**
 * Whether a password fits a line of an htpasswd file (ngx_crypt.c, and what the C library's crypt knows): apr1, {PLAIN},
 * {SHA}, {SSHA}, `$1$`, `$5$`, `$6$` and bcrypt. DES crypt, which nobody should use, fits nothing here.
 */
export function fitsPassword(hash: string, password: string): boolean {
  if (hash.startsWith('{PLAIN}')) return hash.slice('{PLAIN}'.length) === password;
  if (hash.startsWith('{SHA}')) return fitsSha1(hash.slice('{SHA}'.length), password, false);
  if (hash.startsWith('{SSHA}')) return fitsSha1(hash.slice('{SSHA}'.length), password, true);
  const [, scheme = ''] = /^(\$[0-9a-z]+\$)/.exec(hash) ?? [];
  if (scheme === '$apr1$' || scheme === '$1$') return md5Crypt(password, hash) === hash;
  if (scheme === '$5$' || scheme === '$6$') return shaCrypt(password, hash) === hash;
  return /^\$2[abxy]\$/.test(hash) && bcrypt(password, hash) === hash;
}

/** The digest stands first, a salt behind it. */
function fitsSha1(base64: string, password: string, salted: boolean): boolean {
  const stored = fromBase64(base64);
  if (stored.length < 20) return false;
  const salt = salted ? stored.slice(20) : new Uint8Array();
  const digest = sha1(new Uint8Array([...utf8ToBytes(password), ...salt]));
  return digest.every((byte, index) => byte === stored[index]);
}

function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
