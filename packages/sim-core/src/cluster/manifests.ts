import { apiVersionOf } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { PendingError } from '../apimachinery/pending-error.ts';
import { StatusError } from '../apimachinery/status-error.ts';
import type { Applier, ApplyResult } from '../kube-apiserver/apply.ts';
import { UnknownKindError } from '../kube-apiserver/unknown-kind.ts';
import type { ManifestDocument } from '../manifest/document.ts';
import { createSourceMap, type SourceFile } from '../manifest/source-map.ts';
import { ManifestLedger } from './manifest-ledger.ts';
import { type ApplyProblem, problemsOf } from './manifest-problems.ts';
import { isTooEarly, PostponedDocuments, type Tried } from './postponed.ts';
import type { Waiting } from './settled.ts';

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
  /** It is tried again by itself, so nothing is said of it yet. */
  readonly postponed?: true;
}

/** How documents are applied. */
export interface ApplyManifestsOptions {
  /** kubectl's `-n`. */
  readonly namespace?: string;
  /** Only checks; nothing is written. */
  readonly dryRun?: boolean;
  /** Texts that the documents came from, where they were not taken in: a dry run's. */
  readonly files?: readonly SourceFile[];
  /** Tries again, until somebody gives up, what webhooks cannot be asked about yet; see {@link Manifests.retry}. */
  readonly postpone?: boolean;
}

/** The user's manifests: applies them as kubectl does and remembers which object came from which line. */
export class Manifests extends ManifestLedger {
  readonly #applier: Applier;
  readonly #postponed = new PostponedDocuments();
  readonly #woken: () => void;
  readonly #late = new Set<(outcomes: readonly ApplyOutcome[]) => void>();

  /** @param woken called when it is worth to {@link retry} */
  constructor(applier: Applier, woken: () => void) {
    super();
    this.#applier = applier;
    this.#woken = woken;
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
    this.#postponed.forget(documents.map(({ file }) => file));
    const all = documents.map((document) => {
      const tried = this.#try(document, options);
      settle();
      return tried;
    });
    while (this.#retryEarly(documents, all, settle, options));
    return all.map((tried, index) => {
      const document = documents[index] as ManifestDocument;
      if (tried.outcome.action === undefined) this.wasRefused(document);
      if (options.postpone !== true || !isTooEarly(tried)) return tried.outcome;
      this.#postponed.add(document, options, tried, this.#woken);
      return { ...tried.outcome, problems: [], postponed: true };
    });
  }

  override removeFiles(names: readonly string[]): void {
    super.removeFiles(names);
    this.#postponed.forget(names);
  }

  /** Tries again what was postponed. @returns whether anything was taken */
  retry(revision: number): boolean {
    const outcomes = this.#postponed.retry(revision, (each, options) => this.#try(each, options), this.#woken);
    this.#tell(outcomes);
    return outcomes.some(({ action }) => action !== undefined);
  }

  /** Leaves what was postponed refused. */
  giveUp(): void {
    this.#tell(this.#postponed.giveUp());
  }

  /** Calls back with what became of documents that were postponed. */
  onLateOutcomes(callback: (outcomes: readonly ApplyOutcome[]) => void): void {
    this.#late.add(callback);
  }

  #tell(outcomes: readonly ApplyOutcome[]): void {
    if (outcomes.length > 0) for (const callback of this.#late) callback(outcomes);
  }

  /** What is postponed, as something that the cluster waits for. @param stuck whether nothing goes on that could help */
  waiting(stuck: boolean): Waiting[] {
    return this.#postponed.waiting(stuck);
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
  #retryEarly(
    documents: readonly ManifestDocument[],
    all: Tried[],
    settle: () => void,
    options: ApplyManifestsOptions,
  ): boolean {
    let progress = false;
    for (const [index, tried] of all.entries()) {
      if (!isOrderOnly(tried) || tried.error instanceof PendingError) continue;
      const again = this.#try(documents[index] as ManifestDocument, options);
      const said = tried.said ?? tried.outcome.problems[0]?.message ?? '';
      all[index] = { ...again, said };
      if (again.outcome.action === undefined) continue;
      all[index] = { outcome: { ...again.outcome, retriedAfter: said } };
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
      const { outcome } = this.#try(document, options, sources);
      const waitsFor = /^namespaces "([^"]+)" not found/.exec(outcome.problems[0]?.message ?? '')?.[1];
      const isDefined = outcome.action === undefined && kinds.has(`${outcome.apiVersion} ${outcome.kind}`);
      const willBeThere = isDefined || (waitsFor !== undefined && namespaces.includes(waitsFor));
      return willBeThere ? { ...outcome, action: 'created', problems: [] } : outcome;
    });
  }

  #try(document: ManifestDocument, options: ApplyManifestsOptions, sources = this.sources): Tried {
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
      const taken = { apiVersion: apiVersionOf(kind), namespace, name, action, object, problems: [], warnings };
      return { outcome: { ...named, ...taken } };
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      const problems = problemsOf(error, document, sources);
      return { outcome: { ...named, problems, warnings: error.warnings }, error };
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

/** Refused only for what is not there yet: a namespace, a kind, a webhook that answers. */
function isOrderOnly(tried: Tried): boolean {
  const { action, problems } = tried.outcome;
  const [problem] = problems;
  if (action !== undefined || problem === undefined) return false;
  const isMissing = problem.reason === 'NotFound' && /^(namespaces "|no matches for kind)/.test(problem.message);
  return isMissing || isTooEarly(tried);
}
