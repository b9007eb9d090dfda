import type { CodeLine } from './code-lines.ts';
import { formatFieldPath } from './field-path.ts';
import type { Finding } from './problem.ts';
import type { ManifestValue } from './values.ts';

/** Spaces that YAML does not count as spaces. */
const FOREIGN_SPACE = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/;
/** Characters that show nothing at all. */
const ZERO_WIDTH = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/;
const INVISIBLE = new RegExp(`${FOREIGN_SPACE.source}|${ZERO_WIDTH.source}`);
const INVISIBLE_EDGE = new RegExp(`^(?:${INVISIBLE.source})|(?:${INVISIBLE.source})$`);
const CURLY_QUOTES = /^[“”„‟«»‘’‚‛]([^“”„‟«»‘’‚‛]*)[“”„‟«»‘’‚‛]$/;

/** Quick test: does the text hold anything this file complains of? */
export const LOOK_ALIKE = new RegExp(`${INVISIBLE.source}|[“”„‟«»‘’‚‛–—•·：]`);

const NAMES: Readonly<Record<string, string>> = Object.freeze({
  '\u00A0': 'a non-breaking space (U+00A0)',
  '\u200B': 'a zero-width space (U+200B)',
  '\uFEFF': 'a byte order mark (U+FEFF)',
  '\u202F': 'a narrow non-breaking space (U+202F)',
  '\u3000': 'an ideographic space (U+3000)',
  '\u00AD': 'a soft hyphen (U+00AD)',
});

/**
 * Look-alikes that word processors, chats and web pages put in place of YAML's own characters, where they break the
 * document's structure: in the indentation, behind a colon, around a value, as a bullet.
 */
export function findLookAlike(lines: readonly CodeLine[]): Finding | undefined {
  for (const line of lines) {
    if (!LOOK_ALIKE.test(line.raw)) continue;
    const found = invisibleInStructure(line) ?? curlyQuote(line) ?? bullet(line) ?? wideColon(line);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** As {@link findLookAlike}, for a document that could be read: only what cannot be part of a text. */
export function findInvisibleStructure(lines: readonly CodeLine[]): Finding | undefined {
  for (const line of lines) {
    const found = LOOK_ALIKE.test(line.raw) ? invisibleInStructure(line) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Look-alikes in a document that could be read: in its keys, and in values that a program has to understand. */
export function findLookAlikeValue({ path, text, node, context, isKey }: ManifestValue): Finding | undefined {
  if (!LOOK_ALIKE.test(text) || (context === 'text' && !isKey)) return undefined;
  const name = isKey ? `the key "${text.replaceAll(new RegExp(INVISIBLE, 'g'), '␣')}"` : formatFieldPath(path);
  const inner = CURLY_QUOTES.exec(text)?.[1];
  if (inner !== undefined) return curly(text, inner, node.start);
  if (isKey && /^[–—•·]/.test(text)) return bulletAt(text, node.start);
  const isStrict = isKey || context === 'field' || context === 'label';
  const found = (isStrict ? INVISIBLE : INVISIBLE_EDGE).exec(text);
  return found === null ? undefined : invisible(found[0], `${name} holds`, node.start);
}

function invisibleInStructure(line: CodeLine): Finding | undefined {
  const place = new RegExp(`^(?:[ \\t-]|${INVISIBLE.source})*?(${INVISIBLE.source})`).exec(line.raw);
  if (place !== null) {
    return invisible(place[1] ?? '', 'in the indentation stands', line.offset + place[0].length - 1);
  }
  const key = /^[^:"'#]*:(?=\s|$)/.exec(line.raw)?.[0] ?? '';
  const inKey = INVISIBLE.exec(key);
  if (inKey !== null) return invisible(inKey[0], 'in the key stands', line.offset + inKey.index);
  const afterColon = new RegExp(`^[^:"'#]*:[ \\t]*(${INVISIBLE.source})`).exec(line.raw);
  if (afterColon === null) return undefined;
  return invisible(afterColon[1] ?? '', 'behind the colon stands', line.offset + afterColon[0].length - 1);
}

function invisible(char: string, where: string, offset: number): Finding {
  const code = `U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return {
    reason: 'InvisibleCharacter',
    message: `${where} ${NAMES[char] ?? `an invisible character (${code})`}; YAML takes it for a letter`,
    offset,
    hint: FOREIGN_SPACE.test(char)
      ? 'Replace it with an ordinary space. Text copied from web pages and chats often holds such characters.'
      : 'Delete it. Text copied from web pages and chats often holds such characters.',
  };
}

function curlyQuote(line: CodeLine): Finding | undefined {
  const match = /^(?:-\s+)*(?:[^:“”‘’"']*:\s+)?([“”„‟«»‘’‚‛])/.exec(line.code);
  if (match === null) return undefined;
  const value = line.code.slice(match[0].length - 1);
  const inner = CURLY_QUOTES.exec(value)?.[1];
  const keyInQuotes = /^[“”„‟]([^“”„‟]*)[“”„‟]\s*:/.exec(value)?.[1];
  const at = line.offset + line.indent + match[0].length - 1;
  if (keyInQuotes !== undefined) return curly(`“${keyInQuotes}”`, keyInQuotes, at);
  return inner === undefined ? undefined : curly(value, inner, at);
}

function curly(value: string, inner: string, offset: number): Finding {
  return {
    reason: 'LookAlikeCharacter',
    message: `${value} stands in curly quotes; YAML knows only the straight ones`,
    offset,
    hint: `Write "${inner}". Word processors, chats and web pages turn straight quotes into curly ones.`,
  };
}

function bullet({ code, offset, indent }: CodeLine): Finding | undefined {
  return /^[–—•·]/.test(code) ? bulletAt(code, offset + indent) : undefined;
}

function bulletAt(code: string, offset: number): Finding {
  return {
    reason: 'LookAlikeCharacter',
    message: `the list entry begins with ${code[0]}; YAML knows only the hyphen (-)`,
    offset,
    hint: `Write "- ${code.slice(1).trim()}".`,
  };
}

function wideColon(line: CodeLine): Finding | undefined {
  const match = /^(?:-\s+)*[\w./-]+\s*(：)/.exec(line.code);
  if (match === null) return undefined;
  return {
    reason: 'LookAlikeCharacter',
    message: 'the key ends with a full-width colon (：); YAML knows only the ordinary one (:)',
    offset: line.offset + line.indent + match[0].length - 1,
    hint: 'Write ": ", a colon and a space.',
  };
}
