import type { Finding } from './problem.ts';
import type { Failed } from './syntax-failure.ts';
import { kubectl, lineOf } from './syntax-failure.ts';

/** `"\\d"`: a backslash in double quotes that means nothing. */
export function badEscape({ reason, text, offset }: Failed): Finding | undefined {
  if (!/unknown escape sequence|expected hexadecimal character/.test(reason)) return undefined;
  const sequence = /\\.?/.exec(text.slice(Math.max(0, offset - 1)))?.[0] ?? '\\';
  return {
    reason: 'Syntax',
    message: `"…" does not know the escape ${sequence}`,
    offset: Math.max(0, offset - 1),
    hint: "Double the backslash (\\\\), or use single quotes ('…'), in which a backslash is only a backslash.",
    kubectl: kubectl('found unknown escape character', lineOf(text, offset)),
  };
}

/** `title: a: b` */
export function secondColon({ reason, text, offset, line }: Failed): Finding | undefined {
  if (reason !== 'bad indentation of a mapping entry' || text[offset] !== ':' || line === undefined) return undefined;
  const match = /^((?:-\s+)*[^\s:]+:\s+)(\S.*)$/.exec(line.code);
  const isSecond = line.offset + line.indent + (match?.[1]?.length ?? 0) <= offset;
  if (match === null || !isSecond || /^["'[{]/.test(match[2] ?? '')) return undefined;
  return {
    reason: 'Syntax',
    message: 'a second ": " stands on this line; the text behind a key must not hold one',
    offset,
    hint: `Put the text in quotes: ${match[1]}${JSON.stringify(match[2])}`,
    kubectl: kubectl('mapping values are not allowed in this context', line.number),
  };
}

/** `name: @x` */
export function reservedCharacter({ text, offset, line }: Failed): Finding | undefined {
  const char = text[offset];
  if (char === undefined || !'@`%'.includes(char) || line === undefined) return undefined;
  return {
    reason: 'Syntax',
    message: `a text must not begin with ${char}`,
    offset,
    hint: `Put it in quotes: ${JSON.stringify(line.code.slice(offset - line.offset - line.indent))}`,
    kubectl: kubectl('found character that cannot start any token', line.number),
  };
}

/** `ports: - port: 80` */
export function listBehindKey({ reason, text, offset, line }: Failed): Finding | undefined {
  if (reason !== 'bad indentation of a mapping entry' || !/^-\s/.test(text.slice(offset, offset + 2))) return undefined;
  if (line === undefined || line.offset + line.indent === offset) return undefined;
  return {
    reason: 'Syntax',
    message: 'a list must not begin on the line of its key',
    offset,
    hint: 'Begin a new line before the hyphen.',
    kubectl: kubectl('block sequence entries are not allowed in this context', line.number),
  };
}

/** `'it's'` */
export function textBehindQuote({ reason, offset, line }: Failed): Finding | undefined {
  if (reason !== 'bad indentation of a mapping entry' || line === undefined) return undefined;
  const before = line.raw.slice(0, offset - line.offset).trimEnd();
  const quote = before.at(-1);
  if (offset <= line.offset + line.indent || (quote !== '"' && quote !== "'")) return undefined;
  return {
    reason: 'Syntax',
    message: `text stands behind the closing quote (${quote})`,
    offset,
    hint:
      quote === '"'
        ? 'Put the whole text in one pair of quotes; write a quote inside it as \\".'
        : "Put the whole text in one pair of quotes; write an apostrophe inside '…' as two ('').",
  };
}
