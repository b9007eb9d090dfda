import { createFlowScanner } from './flow-scanner.ts';

/** A line of YAML that is no comment, not blank and not inside a block scalar (`|`, `>`). */
export interface CodeLine {
  /** From 1, in its document's text. */
  readonly number: number;
  /** Offset of the line's first character. */
  readonly offset: number;
  /** Leading spaces. */
  readonly indent: number;
  /** The line from its first character that is no space to its end, without a comment. */
  readonly code: string;
  /** The whole line. */
  readonly raw: string;
}

/**
 * The lines that make up a document's structure, judged by their looks alone: for texts that no parser could read.
 */
export function codeLines(text: string): CodeLine[] {
  const lines: CodeLine[] = [];
  let number = 0;
  let blockIndent = -1;
  for (const match of text.matchAll(/([^\r\n]*)(?:\r\n|\r|\n|$)/g)) {
    const raw = match[1] ?? '';
    number++;
    if (match[0] === '' && raw === '') break;
    const indent = /^ */.exec(raw)?.[0].length ?? 0;
    if (raw.trim() === '' || (blockIndent >= 0 && indent > blockIndent)) continue;
    blockIndent = -1;
    const code = stripComment(raw.slice(indent));
    if (code === '') continue;
    if (opensBlockScalar(code)) blockIndent = indent + blockParentIndent(code);
    lines.push({ number, offset: match.index, indent, code, raw });
  }
  return lines;
}

function opensBlockScalar(code: string): boolean {
  return /(?:^|[:?-]\s+|\s[!&]\S+\s+)[|>][-+\d]{0,2}$/.test(code);
}

/** In `- key: |` the content must stand deeper than the key, in `- |` deeper than the dash. */
function blockParentIndent(code: string): number {
  const dashes = /^(?:-\s+)*/.exec(code)?.[0] ?? '';
  const isKey = code.slice(dashes.length).includes(':');
  return isKey ? dashes.length : Math.max(0, dashes.lastIndexOf('-'));
}

/** Cuts off ` # …`, but not inside quotes. */
function stripComment(code: string): string {
  return (code.includes('#') ? code.slice(0, createFlowScanner().scan(code, 0)) : code).trimEnd();
}
