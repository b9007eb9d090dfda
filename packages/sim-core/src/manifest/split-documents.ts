import { countLines } from './line-index.ts';

/** The text of one document in its file: `offset` and `line` (from 1) say where it begins. */
export interface DocumentText {
  readonly index: number;
  readonly text: string;
  readonly offset: number;
  readonly line: number;
  /** What stands behind the `---` before this document, where only a comment may stand, and where in the file. */
  readonly afterSeparator?: Misplaced;
}

interface Misplaced {
  readonly text: string;
  readonly offset: number;
}

const SEPARATOR = /(?:^|[\r\n])\uFEFF?(---|\.\.\.(?=[ \t\r\n]|$))([^\r\n]*)/g;

/**
 * Cuts a file into documents at its `---` and `...` lines; documents without content (blank lines, comments) are left
 * out and not counted. JSON objects one after another are documents too. Cutting before parsing means that one broken
 * document hides no other.
 * Source: `apimachinery/pkg/util/yaml/decoder.go` (YAMLReader, YAMLOrJSONDecoder).
 */
export function splitDocuments(text: string): DocumentText[] {
  const pieces = /^\s*\{(?!\{)/.test(text) && /\}\s*\{/.test(text) ? jsonObjects(text) : [];
  const cuts = pieces.length > 1 ? pieces : yamlDocuments(text);
  const documents: DocumentText[] = [];
  let line = 1;
  let counted = 0;
  for (const { start, end, afterSeparator } of cuts) {
    const content = text.slice(start, end);
    if (afterSeparator === undefined && !hasContent(content)) continue;
    line += countLines(text, counted, start);
    counted = start;
    documents.push({
      index: documents.length,
      text: content,
      offset: start,
      line,
      ...(afterSeparator === undefined ? {} : { afterSeparator }),
    });
  }
  return documents;
}

interface Cut {
  readonly start: number;
  readonly end: number;
  readonly afterSeparator?: Misplaced;
}

function yamlDocuments(text: string): Cut[] {
  const cuts: Cut[] = [];
  let start = 0;
  let misplaced: Misplaced | undefined;
  const cut = (end: number) => {
    cuts.push({ start, end, ...(misplaced === undefined ? {} : { afterSeparator: misplaced }) });
  };
  for (const match of text.matchAll(SEPARATOR)) {
    const lineStart = match.index + (/^[\r\n]/.test(match[0]) ? 1 : 0);
    if (isOnlyDirectives(text.slice(start, lineStart))) continue;
    cut(lineStart);
    const lineEnd = match.index + match[0].length;
    start = lineEnd + (/^(?:\r\n|\r|\n)/.exec(text.slice(lineEnd, lineEnd + 2))?.[0].length ?? 0);
    misplaced = match[1] === '---' ? behindSeparator(match[2] ?? '', lineEnd) : undefined;
  }
  cut(text.length);
  return cuts;
}

/** `---` may be followed by a comment only. */
function behindSeparator(rest: string, lineEnd: number): Misplaced | undefined {
  const text = rest.trim();
  return text === '' || text.startsWith('#') ? undefined : { text, offset: lineEnd - rest.trimStart().length };
}

/** `%YAML` and `%TAG` lines belong to the document behind the `---` that follows them. */
function isOnlyDirectives(text: string): boolean {
  return /^\s*%/.test(text) && text.split(/[\r\n]+/).every((line) => /^\s*(?:$|[%#])/.test(line));
}

function hasContent(text: string): boolean {
  return /^[ \t\uFEFF]*[^\s#\uFEFF]/m.test(text);
}

/** The top-level `{…}` of a text that holds nothing else; empty when it is anything else. */
function jsonObjects(text: string): Cut[] {
  const cuts: Cut[] = [];
  let depth = 0;
  let start = 0;
  for (const match of text.matchAll(/"(?:[^"\\\r\n]|\\.)*"|[{}]|[^\s{}"]+|"/g)) {
    if (match[0] === '{' && depth++ === 0) start = match.index;
    else if (match[0] === '}' && --depth === 0) cuts.push({ start, end: match.index + 1 });
    else if (depth <= 0) return [];
  }
  return depth === 0 ? cuts : [];
}
