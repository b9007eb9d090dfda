import type { KubeObject } from '../apimachinery/object-meta.ts';
import type { ManifestDocument } from '../manifest/document.ts';
import { parseFieldPath } from '../manifest/field-path.ts';
import { createSourceMap, type SourceFile, type SourceMap } from '../manifest/source-map.ts';

/** What tells an object of the cluster. */
export interface ObjectReference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** An object and the document that it came from. */
export interface LedgerEntry extends ObjectReference {
  readonly document: ManifestDocument;
}

/** A place in the user's files, both numbers from 1. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The file of an object whose manifest is in none any more. */
export const NO_FILE = '';

/**
 * Which object came from which document of which file, so that whatever is said of an object later can name the line.
 * Documents that were refused count too: they are what a person looks for.
 */
export class ManifestLedger {
  readonly #applied = new Map<string, LedgerEntry>();
  readonly #refused = new Map<string, ManifestDocument>();
  #sources: SourceMap = createSourceMap([]);
  #files: readonly SourceFile[] = [];

  /** Files as they were taken in last. */
  get files(): readonly SourceFile[] {
    return this.#files;
  }

  /** Objects that were applied, in the order in which they were applied first. */
  entries(): LedgerEntry[] {
    return [...this.#applied.values()];
  }

  /** Takes in the texts that positions are asked of; files of the same name are replaced. */
  addFiles(files: readonly SourceFile[]): void {
    const names = new Set(files.map(({ file }) => file));
    this.#setFiles([...this.#files.filter(({ file }) => !names.has(file)), ...files]);
  }

  /** Forgets the texts of these files; objects that came from them stand in no file then. */
  removeFiles(names: readonly string[]): void {
    this.#setFiles(this.#files.filter(({ file }) => !names.includes(file)));
    for (const entry of this.#applied.values()) if (names.includes(entry.document.file)) this.#orphan(entry);
    for (const [key, { file }] of this.#refused) if (names.includes(file)) this.#refused.delete(key);
  }

  /**
   * Takes in new texts of files, with the documents in them: objects that came from these files stand in the new
   * documents from now on.
   * @returns objects that the new texts no longer have, with their old documents; they stand in no file now
   */
  replaceFiles(files: readonly SourceFile[], documents: readonly ManifestDocument[]): LedgerEntry[] {
    this.addFiles(files);
    const names = new Set(files.map(({ file }) => file));
    for (const [key, { file }] of this.#refused) if (names.has(file)) this.#refused.delete(key);
    const byKey = new Map(documents.flatMap((document) => keysOf(document).map((key) => [key, document] as const)));
    const gone: LedgerEntry[] = [];
    for (const [key, entry] of this.#applied) {
      if (!names.has(entry.document.file)) continue;
      const document = byKey.get(key);
      if (document !== undefined) this.#applied.set(key, { ...entry, document });
      else {
        gone.push(entry);
        this.#orphan(entry);
      }
    }
    return gone;
  }

  /** An object that somebody else has applied comes from this document. */
  attribute(object: ObjectReference, document: ManifestDocument): void {
    this.wasApplied(object, document);
  }

  /** An object has come from this document. */
  protected wasApplied(object: ObjectReference, document: ManifestDocument): void {
    this.#applied.set(keyOf(object), { ...object, document });
    this.#refused.delete(keyOf(object));
  }

  /** Somebody has made this object by hand: it is theirs and stands in no file. */
  wasMade({ apiVersion, kind, metadata }: KubeObject): void {
    const object = { kind, namespace: metadata.namespace ?? '', name: metadata.name };
    const value = { apiVersion, kind, metadata: { name: object.name, namespace: object.namespace } };
    this.wasApplied(object, { file: NO_FILE, index: 0, path: [], line: 1, value });
  }

  /** The object that a document names was refused. */
  protected wasRefused(document: ManifestDocument): void {
    for (const key of keysOf(document)) this.#refused.set(key, document);
  }

  /** The object of a document that was refused, as it was written; undefined where it was applied since. */
  refusedManifest(object: ObjectReference): unknown {
    return this.#refused.get(keyOf(object))?.value;
  }

  /** Documents whose objects are not there because they were refused. */
  refusedDocuments(): ManifestDocument[] {
    const refused = [...new Set(this.#refused.values())];
    return refused.filter((document) => !keysOf(document).some((key) => this.#applied.has(key)));
  }

  /** Forgets an object that is gone. */
  forget(object: ObjectReference): void {
    this.#applied.delete(keyOf(object));
  }

  /** The document that an object came from. */
  documentOf(object: ObjectReference): ManifestDocument | undefined {
    return this.#applied.get(keyOf(object))?.document;
  }

  /** Where a field of an object stands in the user's files; undefined for objects that came from nowhere. */
  locate(object: ObjectReference, field: string): FilePlace | undefined {
    const document = this.documentOf(object) ?? this.#refused.get(keyOf(object));
    if (document === undefined) return undefined;
    const position = this.#sources.locateField(document, parseFieldPath(field));
    return position && { file: document.file, line: position.line, column: position.column };
  }

  /** Finds lines in the files. */
  protected get sources(): SourceMap {
    return this.#sources;
  }

  #setFiles(files: readonly SourceFile[]): void {
    this.#files = files;
    this.#sources = createSourceMap(files);
  }

  #orphan(entry: LedgerEntry): void {
    this.#applied.set(keyOf(entry), { ...entry, document: { ...entry.document, file: NO_FILE } });
  }
}

function keyOf({ kind, namespace, name }: ObjectReference): string {
  return `${kind} ${namespace}/${name}`;
}

/** Keys that a document's object may have: whether its kind has namespaces is for the API server to know. */
function keysOf({ value }: ManifestDocument): string[] {
  const { name, namespace } = (value['metadata'] ?? {}) as { name?: unknown; namespace?: unknown };
  const named = { kind: value.kind, name: String(name ?? '') };
  return [keyOf({ ...named, namespace: '' }), keyOf({ ...named, namespace: String(namespace ?? 'default') })];
}
