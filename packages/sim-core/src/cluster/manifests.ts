import { apiVersionOf } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import type { DecodeError } from '../apimachinery/schema/decode-error.ts';
import type { StructType } from '../apimachinery/schema/types.ts';
import { type StatusCause, StatusError } from '../apimachinery/status-error.ts';
import type { Applier, ApplyResult } from '../kube-apiserver/apply.ts';
import { UndecodableError } from '../kube-apiserver/decode.ts';
import { UnknownKindError } from '../kube-apiserver/unknown-kind.ts';
import type { ManifestDocument, Path } from '../manifest/document.ts';
import { parseFieldPath } from '../manifest/field-path.ts';
import { createSourceMap, type SourceFile, type SourceMap } from '../manifest/source-map.ts';
import { decodeHint } from './decode-hint.ts';

/** Why an object was refused, or one cause of several, at its place in the user's files. */
export interface ApplyProblem {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
  readonly file: string;
  /** Number of the document in its file, from 0. */
  readonly document: number;
  readonly line?: number;
  readonly column?: number;
  /** What to do next. */
  readonly hint?: string;
}

/** What became of one document. */
export interface ApplyOutcome {
  readonly file: string;
  readonly line: number;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Absent when it was refused. */
  readonly action?: ApplyResult['action'];
  readonly object?: KubeObject;
  readonly problems: readonly ApplyProblem[];
  readonly warnings: readonly string[];
  /** What a real cluster would have refused because of the order, where that was set right. */
  readonly retriedAfter?: string;
}

/** What tells an object of the cluster. */
export interface ObjectReference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

const EMPTY_SOURCES: SourceMap = createSourceMap([]);

/**
 * The user's manifests: applies them as kubectl does and remembers which object came from which line, so that whatever is
 * said of an object later can name the place.
 */
export class Manifests {
  readonly #applier: Applier;
  readonly #documents = new Map<string, ManifestDocument>();
  /** Documents of objects that were refused last: their lines can be asked for, nothing more. */
  readonly #refused = new Map<string, ManifestDocument>();
  #sources: SourceMap = EMPTY_SOURCES;
  #files: readonly SourceFile[] = [];

  constructor(applier: Applier) {
    this.#applier = applier;
  }

  /** Files as they were applied last. */
  get files(): readonly SourceFile[] {
    return this.#files;
  }

  /** Documents that stand behind the objects of the cluster. */
  documents(): ManifestDocument[] {
    return [...this.#documents.values()];
  }

  /** Takes in the texts that positions are asked of; files of the same name are replaced. */
  addFiles(files: readonly SourceFile[]): void {
    const names = new Set(files.map(({ file }) => file));
    this.#files = [...this.#files.filter(({ file }) => !names.has(file)), ...files];
    this.#sources = createSourceMap(this.#files);
  }

  /**
   * Applies documents in their order; what is refused only because something comes later is tried again at the end. A
   * refused document stops no other.
   * @param settle lets the controllers react between documents (a namespace gets its service account)
   */
  apply(
    documents: readonly ManifestDocument[],
    settle: () => void,
    options: { dryRun?: boolean; namespace?: string } = {},
  ): ApplyOutcome[] {
    const outcomes = documents.map((document) => {
      const outcome = this.#applyOne(document, options);
      if (options.dryRun !== true) settle();
      return outcome;
    });
    for (let progress = true; progress && options.dryRun !== true; ) {
      progress = false;
      for (const [index, outcome] of outcomes.entries()) {
        if (!isOrderOnly(outcome)) continue;
        const again = this.#applyOne(documents[index] as ManifestDocument, options);
        if (again.action === undefined) continue;
        outcomes[index] = { ...again, retriedAfter: outcome.problems[0]?.message ?? '' };
        progress = true;
        settle();
      }
    }
    return outcomes;
  }

  /** What makes documents undecodable, before anything is applied: unknown fields, wrong types, misspelt kinds. */
  check(documents: readonly ManifestDocument[]): ApplyProblem[] {
    return documents.flatMap((document) => {
      try {
        this.#applier.decode(document.value);
        return [];
      } catch (error) {
        if (!(error instanceof StatusError)) throw error;
        const isForeign =
          error instanceof UnknownKindError &&
          documents.length > 1 &&
          !/^(did you mean|\w+ is in [^,]+, not [^,]+$)/.test(error.hint ?? '');
        return isForeign ? [] : this.#problemsOf(error, document);
      }
    });
  }

  /** Forgets objects that are gone. */
  forget(gone: (object: ObjectReference) => boolean): void {
    for (const key of [...this.#documents.keys()]) {
      const [kind = '', rest = ''] = key.split(' ');
      const slash = rest.indexOf('/');
      if (gone({ kind, namespace: rest.slice(0, slash), name: rest.slice(slash + 1) })) this.#documents.delete(key);
    }
  }

  /** The document that an object came from. */
  documentOf({ kind, namespace, name }: ObjectReference): ManifestDocument | undefined {
    return this.#documents.get(`${kind} ${namespace}/${name}`);
  }

  /** Where a field of an object stands in the user's files; undefined for objects that came from nowhere. */
  locate(object: ObjectReference, field: string): { file: string; line: number; column: number } | undefined {
    const { kind, namespace, name } = object;
    const document = this.documentOf(object) ?? this.#refused.get(`${kind} ${namespace}/${name}`);
    if (document === undefined) return undefined;
    const position = this.#sources.locate(document, parseFieldPath(field));
    return position && { file: document.file, line: position.line, column: position.column };
  }

  #applyOne(document: ManifestDocument, options: { dryRun?: boolean; namespace?: string }): ApplyOutcome {
    const { file, line, value } = document;
    const metadata = (value['metadata'] ?? {}) as { name?: unknown; namespace?: unknown };
    const named = {
      file,
      line,
      apiVersion: value.apiVersion,
      kind: value.kind,
      namespace: String(metadata.namespace ?? ''),
      name: String(metadata.name ?? ''),
    };
    try {
      const { action, object, kind, warnings } = this.#applier.apply(value, options);
      const { namespace = '', name } = object.metadata;
      if (options.dryRun !== true) this.#documents.set(`${kind.kind} ${namespace}/${name}`, document);
      return { ...named, apiVersion: apiVersionOf(kind), namespace, name, action, object, problems: [], warnings };
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      this.#refused.set(`${named.kind} ${named.namespace || 'default'}/${named.name}`, document);
      return { ...named, problems: this.#problemsOf(error, document), warnings: [] };
    }
  }

  #problemsOf(error: StatusError, document: ManifestDocument): ApplyProblem[] {
    return causesOf(error, document).map(({ reason, message, field, path, isKey, hint }) => ({
      reason: reason ?? error.status.reason ?? 'Invalid',
      message,
      field,
      ...this.#place(document, path, isKey === true),
      ...(hint === undefined ? {} : { hint }),
    }));
  }

  #place(
    document: ManifestDocument,
    path: Path,
    isKey: boolean,
  ): Pick<ApplyProblem, 'file' | 'document' | 'line' | 'column'> {
    const { file, index, line } = document;
    const position = isKey ? this.#sources.locateKey(document, path) : this.#sources.locate(document, path);
    return position === undefined
      ? { file, document: index, line }
      : { file, document: index, line: position.line, column: position.column };
  }
}

/** One cause of a refusal, and where it stands in the object. */
interface Cause {
  readonly reason?: string;
  readonly message: string;
  readonly field: string;
  readonly path: Path;
  /** Whether the key is wrong, not the value. */
  readonly isKey?: boolean;
  readonly hint?: string | undefined;
}

/** The causes of a refusal with their fields, in the server's order; the whole refusal where it names none. */
function causesOf(error: StatusError, document: ManifestDocument): Cause[] {
  if (error instanceof UndecodableError) return error.errors.map((each) => decodeCause(each, error.type, document));
  const causes = (error.status.details?.causes ?? []).map(fieldCause);
  if (causes.length > 0) return causes;
  const message = error.status.message ?? error.message;
  const isUnknownKind = error instanceof UnknownKindError;
  return [
    { message, field: '', path: [isUnknownKind ? error.field : 'kind'], hint: isUnknownKind ? error.hint : undefined },
  ];
}

function decodeCause(error: DecodeError, type: StructType | undefined, document: ManifestDocument): Cause {
  const { message, field, path, reason } = error;
  const hint = type && decodeHint(error, type, document.value);
  return { reason: 'BadRequest', message, field, path, isKey: reason === 'UnknownField', hint };
}

function fieldCause({ message = '', field = '', reason }: StatusCause): Cause {
  const path = field === '' ? ['kind'] : parseFieldPath(field);
  return {
    ...(reason === undefined ? {} : { reason }),
    message: field ? `${field}: ${message}` : message,
    field,
    path,
  };
}

/** Refused only for what is not there yet: a namespace, a kind. */
function isOrderOnly({ action, problems }: ApplyOutcome): boolean {
  const [problem] = problems;
  if (action !== undefined || problem === undefined) return false;
  return problem.reason === 'NotFound' && /^(namespaces "|no matches for kind)/.test(problem.message);
}
