import type { ManifestLimits } from './document.ts';
import type { Finding } from './problem.ts';

/** A file's text, or why it is not one; then `text` is what the finding's offset counts in. */
export type DecodedText = { readonly text: string } | { readonly finding: Finding; readonly text: string };

/**
 * Reads a file's bytes as text: UTF-8, or UTF-16 in either order as PowerShell writes it; a byte order mark is dropped.
 * What is no text (an image, an archive, a program) is named.
 */
export function decodeText(input: string | Uint8Array, limits: ManifestLimits): DecodedText {
  const size = typeof input === 'string' ? utf8Length(input, limits.fileBytes) : input.byteLength;
  if (size > limits.fileBytes) return { finding: tooLarge(size, limits.fileBytes), text: '' };
  const decoded = typeof input === 'string' ? { text: input } : decodeBytes(input);
  if ('finding' in decoded) return decoded;
  const text = decoded.text.startsWith('\uFEFF') ? decoded.text.slice(1) : decoded.text;
  const control = findControlCharacter(text);
  return control === undefined ? { text } : { finding: control, text };
}

function decodeBytes(bytes: Uint8Array): DecodedText {
  const kind = binaryKind(bytes);
  if (kind !== undefined) return { finding: notText(`this is ${kind}, not a YAML or JSON text`), text: '' };
  const encoding = utf16Encoding(bytes);
  if (encoding !== undefined) return { text: new TextDecoder(encoding).decode(bytes) };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return notUtf8(bytes);
  }
}

/** A byte order mark decides; without one, ASCII as UTF-16 shows as a zero in every other byte. */
function utf16Encoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first && second === 0 && third && fourth === 0) return 'utf-16le';
  if (first === 0 && second && third === 0 && fourth) return 'utf-16be';
  return undefined;
}

const MAGIC_NUMBERS: readonly (readonly [string, string])[] = Object.freeze([
  ['\x1f\x8b', 'a gzip archive'],
  ['PK\x03\x04', 'a zip archive (or an Office document)'],
  ['\x89PNG', 'a PNG image'],
  ['\xff\xd8\xff', 'a JPEG image'],
  ['GIF8', 'a GIF image'],
  ['%PDF-', 'a PDF document'],
  ['\x7fELF', 'a program (ELF)'],
  ['MZ\x90', 'a Windows program'],
  ['\xcf\xfa\xed\xfe', 'a program (Mach-O)'],
  ['{\\rtf', 'a rich text document (RTF)'],
  ['SQLite format 3', 'an SQLite database'],
] as const);

function binaryKind(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  return MAGIC_NUMBERS.find(([magic]) => head.startsWith(magic))?.[1];
}

const SAVE_AS_TEXT = 'Give the manifest itself: a plain text file, saved as UTF-8.';

function notText(message: string): Finding {
  return { reason: 'NotText', message, hint: SAVE_AS_TEXT };
}

function notUtf8(bytes: Uint8Array): DecodedText {
  const text = new TextDecoder('utf-8').decode(bytes);
  if (text.includes('\0')) return { finding: notText('this is a binary file, not a YAML or JSON text'), text };
  const finding: Finding = {
    reason: 'NotUtf8',
    message: 'a character stands here that is not UTF-8',
    offset: text.indexOf('\uFFFD'),
    hint: 'Save the file as UTF-8 (in an editor: "Save with encoding").',
    kubectl: 'error converting YAML to JSON: yaml: invalid leading UTF-8 octet',
  };
  return { finding, text };
}

function findControlCharacter(text: string): Finding | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const found = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\uFFFE\uFFFF]/.exec(text);
  if (found === null) return undefined;
  if (found[0] === '\0') return notText('this is a binary file, not a YAML or JSON text');
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return {
    reason: 'NotText',
    message: `the control character U+${code} stands here; YAML does not allow it`,
    offset: found.index,
    hint: 'Delete it. It is invisible in most editors: delete and retype the characters around it.',
    kubectl: 'error converting YAML to JSON: yaml: control characters are not allowed',
  };
}

function tooLarge(size: number, limit: number): Finding {
  const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(bytes % (1024 * 1024) === 0 ? 0 : 1);
  return {
    reason: 'FileTooLarge',
    message: `the file has ${megabytes(size)} MB; the limit is ${megabytes(limit)} MB`,
    hint: 'Split it into several files, or give only the manifests that matter.',
  };
}

/** Counts only as exactly as the comparison with `limit` needs. */
function utf8Length(text: string, limit: number): number {
  if (text.length > limit || text.length * 3 <= limit) return text.length;
  return new TextEncoder().encode(text).byteLength;
}
