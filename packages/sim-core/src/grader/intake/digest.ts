import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** `sha256:…` of files, whatever their order: two submissions with the same files have the same one. */
export function digestOf(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): string {
  const hash = sha256.create();
  for (const { path, bytes } of [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))) {
    hash.update(utf8ToBytes(`${path}\0${bytes.byteLength}\0`)).update(bytes);
  }
  return `sha256:${bytesToHex(hash.digest())}`;
}
