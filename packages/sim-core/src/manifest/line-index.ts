import type { Position } from './document.ts';

/** Turns offsets into a text (UTF-16 code units) into lines and columns, in O(log lines). */
export interface LineIndex {
  readonly lineCount: number;
  positionAt(offset: number): Position;
  /** The line's text without its end; '' beyond the last. `line` counts from 1. */
  lineText(line: number): string;
  /** The offset of the line's first character. */
  lineStart(line: number): number;
}

/** Lines end with LF, CRLF or CR, as in YAML. */
export function createLineIndex(text: string): LineIndex {
  const starts = lineStarts(text);
  const startOf = (line: number): number => starts[line - 1] ?? text.length;
  return {
    lineCount: starts.length,
    positionAt(offset) {
      const line = lineAt(starts, Math.max(0, Math.min(offset, text.length)));
      return { line, column: Math.max(0, Math.min(offset, text.length)) - startOf(line) + 1 };
    },
    lineText: (line) => text.slice(startOf(line), startOf(line + 1)).replace(/[\r\n]+$/, ''),
    lineStart: startOf,
  };
}

/** Number of line ends in `text` between two offsets. */
export function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) lines++;
  }
  return lines;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
