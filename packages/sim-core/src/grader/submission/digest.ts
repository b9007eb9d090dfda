import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** `sha256:…` of files, whatever their order; paths count. */
export function digestOf(files: readonly { readonly file: string; readonly text: string | Uint8Array }[]): string {
  const hash = sha256.create();
  for (const { file, text } of [...files].sort((a, b) => (a.file < b.file ? -1 : 1))) {
    const [name, content] = [utf8ToBytes(file), typeof text === 'string' ? utf8ToBytes(text) : text];
    // Lengths keep two files apart from one that looks like both.
    hash
      .update(utf8ToBytes(`${name.length} ${content.length}\n`))
      .update(name)
      .update(content);
  }
  return `sha256:${bytesToHex(hash.digest())}`;
}
