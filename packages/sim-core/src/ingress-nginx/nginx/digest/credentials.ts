import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** What a client says of itself in `Authorization: Digest …` (RFC 2617, 3.2.2). */
export interface DigestCredentials {
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  /** '' for none; then `nc` and `cnonce` do not count. */
  readonly qop: string;
  readonly cnonce: string;
  /** As it was written: eight hexadecimal digits. */
  readonly nc: string;
}

const FIELD = /(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/g;

/** Undefined where a field is missing without which nothing can be proved. */
export function readCredentials(header: string): DigestCredentials | undefined {
  const [, list = ''] = /^Digest +(.*)$/is.exec(header) ?? [];
  const fields = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of list.matchAll(FIELD)) fields.set(name.toLowerCase(), quoted ?? plain);
  const text = (name: string) => fields.get(name) ?? '';
  const required = [text('username'), text('realm'), text('nonce'), text('uri'), text('response')];
  if (required.includes('')) return undefined;
  const [username = '', realm = '', nonce = '', uri = '', response = ''] = required;
  return { username, realm, nonce, uri, response, qop: text('qop'), cnonce: text('cnonce'), nc: text('nc') };
}

/** What the client must answer; with an empty method what the server answers it (rspauth). */
export function expectedResponse(
  { nonce, nc, cnonce, qop }: DigestCredentials,
  secret: string,
  method: string,
  uri: string,
): string {
  const asked = hash(`${method}:${uri}`);
  const between = qop === '' ? nonce : [nonce, nc, cnonce, qop].join(':');
  return hash(`${secret}:${between}:${asked}`);
}

function hash(text: string): string {
  return bytesToHex(md5(utf8ToBytes(text)));
}
