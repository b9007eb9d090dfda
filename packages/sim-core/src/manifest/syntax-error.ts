import type { CodeLine } from './code-lines.ts';
import { describeBlockScalar, describeIndentation, findTab } from './indentation.ts';
import type { YamlFailure } from './parse-document.ts';
import { UNCLOSED } from './parse-document.ts';
import type { Finding } from './problem.ts';
import { badEscape, listBehindKey, reservedCharacter, secondColon, textBehindQuote } from './scalar-mistakes.ts';
import type { Failed } from './syntax-failure.ts';
import { kubectl, lineOf, shorten } from './syntax-failure.ts';
import { unclosedBracket, unclosedQuote } from './unclosed.ts';
import { RESERVED_KEY } from './yaml-schema.ts';

type Rule = (failed: Failed) => Finding | undefined;

/** The order matters: the first rule that knows the mistake names it. */
const RULES: readonly Rule[] = Object.freeze([
  reservedKey,
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

function reservedKey({ reason, offset }: Failed): Finding | undefined {
  if (reason !== RESERVED_KEY) return undefined;
  return {
    reason: 'ReservedKey',
    message: 'the key __proto__ is not accepted: it has a meaning of its own in JavaScript',
    offset,
    hint: 'Rename the key.',
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
  if (!/quoted scalar$|deficient indentation/.test(reason) && reason !== UNCLOSED) return undefined;
  const isSure = reason.startsWith(UNCLOSED);
  return unclosedQuote(
    lines,
    isSure ? kubectl('found unexpected end of stream', lineOf(text, text.length)) : undefined,
  );
}

function bracket({ reason, lines, offset }: Failed): Finding | undefined {
  if (/deficient indentation/.test(reason) || reason.startsWith(UNCLOSED)) return unclosedBracket(lines);
  if (!/between flow collection entries|expected the node content/.test(reason)) return undefined;
  return {
    reason: 'Syntax',
    message: 'inside [ ] or { } the entries must be separated by one comma each',
    offset,
    hint: 'Add the missing comma, remove the doubled one, or put the text in quotes if the bracket belongs to it.',
  };
}

const ENTRY = /^(?:-(?:\s+|$))*(?:"[^"]*"\s*|'[^']*'\s*|[^\s"'{[:][^:]*|):(?:\s|$)|^-(?:\s|$)|^[{[?]/;

/** A line of a mapping that is no `key: value`: js-yaml notices it only further down. */
function missingColon({ lines, line, reason, text, offset }: Failed): Finding | undefined {
  const isContinued = reason === 'bad indentation of a mapping entry' && text[offset] === ':';
  if (!isContinued && !/implicit key|expected ':'|document separator is expected/.test(reason)) return undefined;
  const above = lines.filter(({ number }) => number < (line?.number ?? 0) + (isContinued ? 0 : 1));
  const culprit = (isContinued ? above.slice(-1) : above).findLast(({ code }) => !ENTRY.test(code));
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
