import type { ManifestDocument, Path } from './document.ts';
import { isFields } from './document.ts';
import { formatFieldPath } from './field-path.ts';
import type { DocumentReference, LocatedPosition, SourceMap } from './source-map.ts';

/** One side of a comparison: what was decoded, and where it stands. */
export interface DecodedSource {
  readonly documents: readonly ManifestDocument[];
  readonly source: SourceMap;
}

/** One difference between two versions of a file. An object that came or went has no `path`. */
export interface ManifestChange {
  readonly type: 'added' | 'removed' | 'changed';
  readonly file: string;
  /** In the new version; of what was removed, in the old one. */
  readonly line: number;
  /** `Ingress/canary`, with its namespace in front where one is given. */
  readonly object: string;
  readonly path: string;
  readonly from?: string;
  readonly to?: string;
}

/** Lists what changed between two versions, object by object and field by field; layout and comments do not count. */
export function summarizeChange(before: DecodedSource, after: DecodedSource): ManifestChange[] {
  const old = new Map(before.documents.map((document) => [identity(document), document]));
  const changes: ManifestChange[] = [];
  for (const document of after.documents) {
    const previous = old.get(identity(document));
    old.delete(identity(document));
    if (previous === undefined) changes.push(wholeObject('added', document));
    else changes.push(...fieldChanges(previous, document, before.source, after.source));
  }
  for (const document of old.values()) changes.push(wholeObject('removed', document));
  return changes;
}

/** `line 8: weight 5 → 20`, with the last part of the path as its name; objects that came or went by their own name. */
export function formatChange({ type, line, object, path, from, to }: ManifestChange): string {
  if (path === '') return `line ${line}: ${object} ${type}`;
  const name = /\[(?:[^\]]*\/)?([^\]/]+)\]$/.exec(path)?.[1];
  const last = name === undefined || /^\d+$/.test(name) ? path.replace(/^.*\.(?=[^.]+$)/, '') : name;
  const label = last.replace(/^canary-(?=weight)/, '');
  if (type === 'changed') return `line ${line}: ${label} ${from} → ${to}`;
  return type === 'added' ? `line ${line}: ${label} ${to} added` : `line ${line}: ${label} ${from} removed`;
}

function identity({ value }: ManifestDocument): string {
  const group = value.apiVersion.includes('/') ? value.apiVersion.split('/')[0] : '';
  return JSON.stringify([group, value.kind, metadata(value, 'namespace'), metadata(value, 'name')]);
}

function metadata(value: Readonly<Record<string, unknown>>, field: string): unknown {
  return isFields(value['metadata']) ? value['metadata'][field] : undefined;
}

function objectName({ value }: ManifestDocument): string {
  const namespace = metadata(value, 'namespace');
  const prefix = typeof namespace === 'string' ? `${namespace}/` : '';
  return `${prefix}${value.kind}/${String(metadata(value, 'name') ?? '')}`;
}

function wholeObject(type: 'added' | 'removed', document: ManifestDocument): ManifestChange {
  return { type, file: document.file, line: document.line, object: objectName(document), path: '' };
}

function fieldChanges(
  before: ManifestDocument,
  after: ManifestDocument,
  beforeSource: SourceMap,
  afterSource: SourceMap,
): ManifestChange[] {
  return differences(before.value, after.value, []).map(({ path, from, to }) => {
    const type = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
    const [document, source] = type === 'removed' ? [before, beforeSource] : [after, afterSource];
    return {
      type,
      file: document.file,
      line: lineOf(source, document, path) ?? document.line,
      object: objectName(after),
      path: formatFieldPath(path),
      ...(from === undefined ? {} : { from: show(from) }),
      ...(to === undefined ? {} : { to: show(to) }),
    };
  });
}

function lineOf(source: SourceMap, document: DocumentReference, path: Path): number | undefined {
  const position: LocatedPosition | undefined = source.locate(document, path);
  return position?.line;
}

interface Difference {
  readonly path: Path;
  readonly from: unknown;
  readonly to: unknown;
}

function differences(from: unknown, to: unknown, path: Path): Difference[] {
  if (Array.isArray(from) && Array.isArray(to)) {
    const length = Math.max(from.length, to.length);
    return Array.from({ length }, (_, at) => differences(from[at], to[at], [...path, at])).flat();
  }
  if (isFields(from) && isFields(to)) {
    const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
    return [...keys].flatMap((key) => differences(own(from, key), own(to, key), [...path, key]));
  }
  return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path, from, to }];
}

function own(fields: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** Scalars as they are, anything else as short JSON. */
function show(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
