import type { ManifestDocument, Path, Position } from './document.ts';
import { DEFAULT_LIMITS } from './document.ts';
import type { LineIndex } from './line-index.ts';
import { createLineIndex } from './line-index.ts';
import type { NodePlace } from './node-at.ts';
import { nodeAt } from './node-at.ts';
import type { Node } from './node-tree.ts';
import { parseNodeTree } from './parse-document.ts';
import type { DocumentText } from './split-documents.ts';
import { splitDocuments } from './split-documents.ts';
import { decodeText } from './text.ts';

/** A file as it was decoded; a source map answers for exactly this text. */
export interface SourceFile {
  readonly file: string;
  readonly text: string | Uint8Array;
}

/** What tells a document; every {@link ManifestDocument} is one. */
export type DocumentReference = Pick<ManifestDocument, 'file' | 'index' | 'path'>;

/** Where a path leads. `isExact` is false when the path does not exist and the nearest key above it was taken. */
export interface LocatedPosition extends Position {
  readonly isExact: boolean;
}

/** Finds the lines of fields. Paths are counted from the object, also inside a `List`. */
export interface SourceMap {
  /** The position of a value's text; where nothing is written, and for a path that does not exist, that of the key. */
  locate(document: DocumentReference, path: Path): LocatedPosition | undefined;
  /** Where a person looks for a field: its value where that is a single one, or else its key. */
  locateField(document: DocumentReference, path: Path): LocatedPosition | undefined;
  /** The position of the key at the end of the path; of a list entry, that of the entry. */
  locateKey(document: DocumentReference, path: Path): LocatedPosition | undefined;
  /** A line of a file, from 1, without its end; '' where there is none. */
  lineText(file: string, line: number): string;
}

/** Position trees that are kept; the least recently built goes first. */
const KEPT_TREES = 256;

interface IndexedFile {
  readonly lines: LineIndex;
  readonly documents: readonly DocumentText[];
}

/**
 * Gives positions on demand: a document is parsed again, for its positions only, when a line of it is asked for the
 * first time. Undefined for files and documents that are unknown or cannot be read.
 */
export function createSourceMap(files: Iterable<SourceFile>): SourceMap {
  const texts = new Map([...files].map(({ file, text }) => [file, text]));
  const indexed = new Map<string, IndexedFile>();
  const trees = new Map<DocumentText, Node | undefined>();

  const indexFile = (file: string): IndexedFile => {
    const known = indexed.get(file) ?? indexText(texts.get(file) ?? '');
    indexed.set(file, known);
    return known;
  };
  const treeOf = (document: DocumentText): Node | undefined => {
    if (!trees.has(document)) trees.set(document, parseNodeTree(document.text, DEFAULT_LIMITS));
    const [oldest] = trees.keys();
    if (trees.size > KEPT_TREES && oldest !== undefined) trees.delete(oldest);
    return trees.get(document);
  };
  const find = (reference: DocumentReference, path: Path, offsetOf: (place: NodePlace) => number) => {
    const { lines, documents } = indexFile(reference.file);
    const document = documents[reference.index];
    const root = document === undefined ? undefined : treeOf(document);
    if (document === undefined || root === undefined) return undefined;
    const place = nodeAt(root, [...reference.path, ...path]);
    return { ...lines.positionAt(document.offset + offsetOf(place)), isExact: place.isExact };
  };

  return {
    locate: (document, path) => find(document, path, valueOffset),
    locateField: (document, path) => find(document, path, fieldOffset),
    locateKey: (document, path) => find(document, path, keyOffset),
    lineText: (file, line) => indexFile(file).lines.lineText(line),
  };
}

function indexText(input: string | Uint8Array): IndexedFile {
  const { text } = decodeText(input, DEFAULT_LIMITS);
  return { lines: createLineIndex(text), documents: splitDocuments(text) };
}

function valueOffset(place: NodePlace): number {
  return place.isExact && place.node.start >= 0 ? place.node.start : keyOffset(place);
}

function fieldOffset(place: NodePlace): number {
  const isSingle = place.node.kind !== 'mapping' && place.node.kind !== 'sequence';
  return isSingle ? valueOffset(place) : keyOffset(place);
}

function keyOffset({ key, node }: NodePlace): number {
  return Math.max(0, key?.start ?? node.start);
}
