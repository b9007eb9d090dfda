import type { CodeLine } from './code-lines.ts';

/** What a rule may look at: the text, its structural lines, what js-yaml said, and the line it said it of. */
export interface Failed {
  readonly text: string;
  readonly lines: readonly CodeLine[];
  readonly reason: string;
  readonly offset: number;
  readonly line: CodeLine | undefined;
}

/** The sentence kubectl puts before go-yaml's words; go-yaml counts lines inside the document. */
export function kubectl(words: string, line?: number): string {
  return `error converting YAML to JSON: yaml: ${line === undefined ? '' : `line ${line}: `}${words}`;
}

/** The line of an offset, from 1. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\r|\n/).length;
}

/** Enough of a line to recognise it. */
export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
