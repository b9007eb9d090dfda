import { codeLines } from './code-lines.ts';
import { createFlowScanner } from './flow-scanner.ts';

/** A text with more indentation than its original, and the way back. */
export interface RelaxedText {
  readonly text: string;
  /** The place in the original text of a place in this one. */
  originalOffset(offset: number): number;
}

interface Insertion {
  readonly at: number;
  /** Spaces inserted before this. */
  readonly before: number;
  readonly width: number;
}

const MAX_INDENT = 1_000;
const MAX_INSERTED = 20_000_000;

/**
 * Indents the continuation lines of `[…]`, `{…}` and quoted texts deeper than the line they begin on, which changes no
 * value. js-yaml insists on that, as YAML 1.2 does; go-yaml, and with it Kubernetes, does not, and
 *
 *     args: [
 *       "--verbose"
 *     ]
 *
 * is how many people write. Undefined when there is nothing to indent.
 */
export function relaxFlowIndentation(text: string): RelaxedText | undefined {
  const insertions = missingIndentation(text);
  if (insertions.length === 0) return undefined;
  const parts: string[] = [];
  let done = 0;
  for (const { at, width } of insertions) {
    parts.push(text.slice(done, at), ' '.repeat(width));
    done = at;
  }
  parts.push(text.slice(done));
  return { text: parts.join(''), originalOffset: (offset) => originalOffset(insertions, offset) };
}

function missingIndentation(text: string): Insertion[] {
  const scanner = createFlowScanner();
  const insertions: Insertion[] = [];
  let wanted = 0;
  let inserted = 0;
  for (const { indent, code, raw, offset } of codeLines(text)) {
    if (!scanner.isInside()) wanted = indent + (/^(?:-\s+)*/.exec(code)?.[0].length ?? 0) + 1;
    else if (indent < wanted) {
      insertions.push({ at: offset, before: inserted, width: wanted - indent });
      inserted += wanted - indent;
    }
    if (wanted > MAX_INDENT || inserted > MAX_INSERTED) return [];
    scanner.scan(raw.slice(indent), offset + indent);
  }
  return insertions;
}

function originalOffset(insertions: readonly Insertion[], offset: number): number {
  let [low, high] = [0, insertions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const { at, before } = insertions[middle] ?? { at: 0, before: 0 };
    if (at + before < offset) low = middle + 1;
    else high = middle;
  }
  const last = insertions[low - 1];
  return last === undefined ? offset : Math.max(last.at, offset - last.before - last.width);
}
