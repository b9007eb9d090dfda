import type { CodeLine } from './code-lines.ts';
import { describeBlockScalar, describeIndentation, findTab } from './indentation.ts';
import type { YamlFailure } from './parse-document.ts';
import type { Finding } from './problem.ts';
import { unclosedBracket, unclosedQuote } from './unclosed.ts';
import { RESERVED_KEY, UNSUPPORTED_KEY } from './yaml-schema.ts';

/** What a rule may look at: the text, its structural lines, what js-yaml said, and the line it said it of. */
interface Failed {
  readonly text: string;
  readonly lines: readonly CodeLine[];
  readonly reason: string;
  readonly offset: number;
  readonly line: CodeLine | undefined;
}

type Rule = (failed: Failed) => Finding | undefined;

/** The order matters: the first rule that knows the mistake names it. */
const RULES: readonly Rule[] = Object.freeze([
  reservedKey,
  unsupportedKey,
  directive,
  tab,
  quote,
  bracket,
  badEscape,
  secondColon,
  reservedCharacter,
  listBehindKey,
  textBehindQuote,
  missingColon,
  indentation,
  anything,
]);

/** Says in plain words what js-yaml could not read, at the place where the mistake is rather than where it was noticed. */
export function explainSyntaxError(text: string, lines: readonly CodeLine[], failure: YamlFailure): Finding {
  const failed: Failed = { text, lines, ...failure, line: lines.findLast(({ offset }) => offset <= failure.offset) };
  for (const rule of RULES) {
    const finding = rule(failed);
    if (finding !== undefined) return finding;
  }
  return { reason: 'Syntax', message: failure.reason, offset: failure.offset };
}

/** The sentence kubectl puts before go-yaml's words; go-yaml counts lines inside the document. */
function kubectl(words: string, line?: number): string {
  return `error converting YAML to JSON: yaml: ${line === undefined ? '' : `line ${line}: `}${words}`;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\r|\n/).length;
}

function reservedKey({ reason, offset }: Failed): Finding | undefined {
  if (reason !== RESERVED_KEY) return undefined;
  return {
    reason: 'ReservedKey',
    message: 'the key __proto__ is not accepted: it has a meaning of its own in JavaScript',
    offset,
    hint: 'Rename the key.',
  };
}

function unsupportedKey({ reason, offset }: Failed): Finding | undefined {
  if (reason !== UNSUPPORTED_KEY) return undefined;
  return {
    reason: 'Syntax',
    message: 'a key must be a text; here it is empty, null, a list or a mapping',
    offset,
    hint: 'If a { or [ belongs to a text, put the text in quotes.',
  };
}

function directive({ reason, text }: Failed): Finding | undefined {
  const start = text.search(/%/);
  if (!/directive/i.test(reason) || start < 0) return undefined;
  return {
    reason: 'Syntax',
    message: 'a line that begins with % is an instruction to the YAML parser (a directive)',
    offset: start,
    hint: 'Delete it, or put the text in quotes. A directive must be followed by a line with ---.',
  };
}

function tab({ lines, line }: Failed): Finding | undefined {
  return findTab(lines, line?.number ?? Number.POSITIVE_INFINITY);
}

function quote({ reason, text, lines }: Failed): Finding | undefined {
  if (!/within a (single|double) quoted scalar|deficient indentation/.test(reason)) return undefined;
  const isSure = reason.startsWith('unexpected end of the stream');
  return unclosedQuote(
    lines,
    isSure ? kubectl('found unexpected end of stream', lineOf(text, text.length)) : undefined,
  );
}

function bracket({ reason, lines, offset }: Failed): Finding | undefined {
  if (/within a flow collection|deficient indentation/.test(reason)) return unclosedBracket(lines);
  if (!/between flow collection entries|expected the node content/.test(reason)) return undefined;
  return {
    reason: 'Syntax',
    message: 'inside [ ] or { } the entries must be separated by one comma each',
    offset,
    hint: 'Add the missing comma, remove the doubled one, or put the text in quotes if the bracket belongs to it.',
  };
}

function badEscape({ reason, text, offset }: Failed): Finding | undefined {
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

function secondColon({ reason, text, offset, line }: Failed): Finding | undefined {
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

function reservedCharacter({ text, offset, line }: Failed): Finding | undefined {
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

function listBehindKey({ reason, text, offset, line }: Failed): Finding | undefined {
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

function textBehindQuote({ reason, offset, line }: Failed): Finding | undefined {
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

const ENTRY = /^(?:-(?:\s+|$))*(?:"[^"]*"|'[^']*'|[^\s"'{[][^:]*?|)\s*:(?:\s|$)|^-(?:\s|$)|^[{[?]/;

/** A line of a mapping that is no `key: value`: js-yaml notices it only further down. */
function missingColon({ lines, line, reason }: Failed): Finding | undefined {
  if (!/implicit key|expected ':'|document separator is expected/.test(reason)) return undefined;
  const culprit = lines.findLast(({ number, code }) => number <= (line?.number ?? 0) && !ENTRY.test(code));
  if (culprit === undefined) return undefined;
  const glued = /^((?:-\s+)*)([A-Za-z][\w./-]*):(\S.*)$/.exec(culprit.code);
  return {
    reason: 'Syntax',
    message: glued ? 'a space is missing behind the colon' : `"${shorten(culprit.code)}" is no "key: value"`,
    offset: culprit.offset + culprit.indent,
    hint: glued
      ? `Write "${glued[1]}${glued[2]}: ${glued[3]}".`
      : 'Add the colon that is missing, or # at its beginning if it is a comment.',
  };
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function indentation({ text, lines, line, offset, reason }: Failed): Finding | undefined {
  if (line === undefined || !/indentation|document separator is expected/.test(reason)) return undefined;
  const number = lineOf(text, offset);
  if (number !== line.number) return describeBlockScalar(line, offset);
  const isAtStart = offset <= line.offset + line.indent || text[offset] === ':';
  return isAtStart ? describeIndentation(lines, line) : unexpectedText(line, offset);
}

function unexpectedText(line: CodeLine, offset: number): Finding {
  const rest = line.raw.slice(offset - line.offset);
  return {
    reason: 'Syntax',
    message: `"${shorten(rest)}" is not expected here`,
    offset,
    hint: 'Put the whole value in quotes if this belongs to it.',
  };
}

function anything({ reason, offset }: Failed): Finding {
  return {
    reason: 'Syntax',
    message: `this cannot be read as YAML: ${reason}`,
    offset,
    hint: 'Compare this line and the one above it with a manifest that works.',
  };
}
