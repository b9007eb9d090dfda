/** One step of a path inside a document: a mapping's key or a sequence's index (0-based). */
export type PathSegment = string | number;

/** Where a value stands inside a document, from its root. */
export type Path = readonly PathSegment[];

/** A place in a file as editors count it: both from 1, the column in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What every decoded object has; everything else is for the API server to judge. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

/**
 * One Kubernetes object of a file. `index` counts the file's documents from 0, leaving out those that hold nothing but
 * comments. `path` is empty, or leads to the item inside a `List`. `line` is the first line of the object's content.
 */
export interface ManifestDocument {
  readonly file: string;
  readonly index: number;
  readonly path: Path;
  readonly line: number;
  readonly value: Manifest;
}

/** How much input is read before it is refused. Sizes in bytes. */
export interface ManifestLimits {
  readonly fileBytes: number;
  readonly documents: number;
  readonly aliases: number;
  readonly depth: number;
  readonly problems: number;
}

/** The limits of a run; `problems` only cuts off the list of complaints. */
export const DEFAULT_LIMITS: ManifestLimits = Object.freeze({
  fileBytes: 10 * 1024 * 1024,
  documents: 5_000,
  aliases: 1_000,
  depth: 100,
  problems: 50,
});

/** A mapping of decoded YAML or JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/** Tells a mapping from a sequence, a scalar and nothing. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
