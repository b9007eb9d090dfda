import { apiVersionOf } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { StatusError } from '../apimachinery/status-error.ts';
import type { Applier, ApplyResult } from '../kube-apiserver/apply.ts';
import { UnknownKindError } from '../kube-apiserver/unknown-kind.ts';
import type { ManifestDocument } from '../manifest/document.ts';
import { createSourceMap, type SourceFile, type SourceMap } from '../manifest/source-map.ts';
import { ManifestLedger } from './manifest-ledger.ts';
import { type ApplyProblem, problemsOf } from './manifest-problems.ts';

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
  /** Absent when it was refused, and where a dry run could only foresee that it will not be. */
  readonly object?: KubeObject;
  readonly problems: readonly ApplyProblem[];
  readonly warnings: readonly string[];
  /** What a real cluster would have refused because of the order, where that was set right. */
  readonly retriedAfter?: string;
}

/** How documents are applied. */
export interface ApplyManifestsOptions {
  /** kubectl's `-n`. */
  readonly namespace?: string;
  /** Only checks; nothing is written. */
  readonly dryRun?: boolean;
  /** Texts that the documents came from, where they were not taken in: a dry run's. */
  readonly files?: readonly SourceFile[];
}

/** The user's manifests: applies them as kubectl does and remembers which object came from which line. */
export class Manifests extends ManifestLedger {
  readonly #applier: Applier;

  constructor(applier: Applier) {
    super();
    this.#applier = applier;
  }

  /**
   * Applies documents in their order; what is refused only because something comes later is tried again at the end. A
   * refused document stops no other.
   * @param settle lets the controllers react between documents (a namespace gets its service account)
   */
  apply(
    documents: readonly ManifestDocument[],
    settle: () => void,
    options: ApplyManifestsOptions = {},
  ): ApplyOutcome[] {
    if (options.dryRun === true) return this.#check(documents, options);
    const outcomes = documents.map((document) => {
      const outcome = this.#applyOne(document, options, this.sources);
      settle();
      return outcome;
    });
    while (this.#retry(documents, outcomes, settle, options));
    for (const [index, { action }] of outcomes.entries()) {
      if (action === undefined) this.wasRefused(documents[index] as ManifestDocument);
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
        return isForeign ? [] : problemsOf(error, document, this.sources);
      }
    });
  }

  /** Tries again what was refused for its order only. @returns whether anything was taken */
  #retry(
    documents: readonly ManifestDocument[],
    outcomes: ApplyOutcome[],
    settle: () => void,
    options: ApplyManifestsOptions,
  ): boolean {
    let progress = false;
    for (const [index, outcome] of outcomes.entries()) {
      if (!isOrderOnly(outcome)) continue;
      const again = this.#applyOne(documents[index] as ManifestDocument, options, this.sources);
      if (again.action === undefined) continue;
      outcomes[index] = { ...again, retriedAfter: outcome.problems[0]?.message ?? '' };
      progress = true;
      settle();
    }
    return progress;
  }

  /** Nothing is written, so a namespace or a kind that one of the documents makes counts as there for all of them. */
  #check(documents: readonly ManifestDocument[], options: ApplyManifestsOptions): ApplyOutcome[] {
    const sources = options.files === undefined ? this.sources : createSourceMap(options.files);
    const namespaces = documents.filter(({ value }) => value.kind === 'Namespace').map(nameOf);
    const kinds = new Set(documents.flatMap(({ value }) => kindsDefinedBy(value)));
    return documents.map((document) => {
      const outcome = this.#applyOne(document, options, sources);
      const waitsFor = /^namespaces "([^"]+)" not found/.exec(outcome.problems[0]?.message ?? '')?.[1];
      const isDefined = outcome.action === undefined && kinds.has(`${outcome.apiVersion} ${outcome.kind}`);
      const willBeThere = isDefined || (waitsFor !== undefined && namespaces.includes(waitsFor));
      return willBeThere ? { ...outcome, action: 'created', problems: [] } : outcome;
    });
  }

  #applyOne(document: ManifestDocument, options: ApplyManifestsOptions, sources: SourceMap): ApplyOutcome {
    const { file, line, value } = document;
    const metadata = (value['metadata'] ?? {}) as { namespace?: unknown };
    const named = {
      file,
      line,
      apiVersion: value.apiVersion,
      kind: value.kind,
      namespace: String(metadata.namespace ?? ''),
      name: nameOf(document),
    };
    try {
      const { action, object, kind, warnings } = this.#applier.apply(value, options);
      const { namespace = '', name } = object.metadata;
      if (options.dryRun !== true) this.wasApplied({ kind: kind.kind, namespace, name }, document);
      return { ...named, apiVersion: apiVersionOf(kind), namespace, name, action, object, problems: [], warnings };
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      return { ...named, problems: problemsOf(error, document, sources), warnings: error.warnings };
    }
  }
}

/** `example.com/v1 CronTab`: the kinds that a CustomResourceDefinition makes. */
function kindsDefinedBy({ kind, spec }: ManifestDocument['value']): string[] {
  if (kind !== 'CustomResourceDefinition') return [];
  const { group, names, versions } = (spec ?? {}) as {
    group?: unknown;
    names?: { kind?: unknown } | null;
    versions?: unknown;
  };
  const list = Array.isArray(versions) ? versions : [];
  return list.map((version: { name?: unknown } | null) => `${group}/${version?.name} ${names?.kind}`);
}

function nameOf({ value }: ManifestDocument): string {
  return String(((value['metadata'] ?? {}) as { name?: unknown }).name ?? '');
}

/** Refused only for what is not there yet: a namespace, a kind. */
function isOrderOnly({ action, problems }: ApplyOutcome): boolean {
  const [problem] = problems;
  if (action !== undefined || problem === undefined) return false;
  return problem.reason === 'NotFound' && /^(namespaces "|no matches for kind)/.test(problem.message);
}
