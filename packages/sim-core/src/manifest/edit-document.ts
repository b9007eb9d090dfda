import type { Path } from './document.ts';
import { DEFAULT_LIMITS, isFields } from './document.ts';
import type { Node } from './node-tree.ts';
import { parseDocument } from './parse-document.ts';
import { splitDocuments } from './split-documents.ts';

/** A document that somebody edits. */
export interface EditedDocument {
  readonly text: string;
  readonly value: unknown;
  readonly root: Node;
}

/**
 * Puts an edited document in the place of the one in a file's text; what stands around it stays as it is. Undefined for
 * a document that is not there or cannot be read, and where `edit` gives none.
 */
export function editDocument(
  text: string,
  index: number,
  edit: (document: EditedDocument) => string | undefined,
): string | undefined {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  const document = splitDocuments(body)[index];
  if (document === undefined) return undefined;
  const parsed = parseDocument(document.text, DEFAULT_LIMITS);
  const root = 'value' in parsed ? parsed.tree() : undefined;
  if (root === undefined || !('value' in parsed)) return undefined;
  const edited = edit({ text: document.text, value: parsed.value, root });
  if (edited === undefined) return undefined;
  const end = document.offset + document.text.length;
  return mark + body.slice(0, document.offset) + edited + body.slice(end);
}

/** The first of several texts of a document that means exactly what is wanted: nothing else has changed with it. */
export function firstThatReads(candidates: readonly string[], wanted: unknown): string | undefined {
  const expected = JSON.stringify(wanted);
  return candidates.find((candidate) => {
    const again = parseDocument(candidate, DEFAULT_LIMITS);
    return 'value' in again && JSON.stringify(again.value) === expected;
  });
}

/** A value with another one at the end of a path; the same where the path does not exist. */
export function changeAt(target: unknown, path: Path, change: (before: unknown) => unknown): unknown {
  const [segment, ...rest] = path;
  if (segment === undefined) return change(target);
  if (Array.isArray(target)) return target.map((item, at) => (at === segment ? changeAt(item, rest, change) : item));
  if (!isFields(target)) return target;
  return { ...target, [segment]: changeAt(target[segment], rest, change) };
}
