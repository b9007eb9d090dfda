import type { KubeObject } from '../apimachinery/object-meta.ts';
import type { ManifestDocument } from '../manifest/document.ts';
import { Objects } from './api/objects.ts';
import { settle } from './api/settle.ts';
import { type Bindings, bindRoles } from './binding/bind.ts';
import { readCandidates } from './binding/candidates.ts';
import { imagesOfWorkloads } from './binding/images-behind.ts';
import type { CheckContext } from './checks/context.ts';
import type { FindingPlace } from './checks/finding.ts';
import type { ExercisePack } from './exercise/exercise-pack.ts';
import type { ManifestFinding, Site } from './site.ts';
import { type AppliedDocument, applyDocuments } from './submission/apply.ts';
import { allFindings } from './submission/findings.ts';
import { makeNamespaces } from './submission/namespaces.ts';
import { keyOfManifest, keyOfObject, keyText } from './submission/object-key.ts';
import type { GradedFiles } from './submission/read-submission.ts';
import { LimitedTarget } from './target/limited-target.ts';
import type { Target } from './target/target.ts';

/** What a session is made of. */
export interface SessionParts {
  readonly pack: ExercisePack;
  readonly files: GradedFiles;
  /** As they are applied: without what servers wrote into dumps. */
  readonly documents: readonly ManifestDocument[];
  readonly site: Site;
}

/** Milliseconds that a submission has to come to rest, at most. */
const LONGEST_SETTLE = 60_000;

/** One submission in its cluster, from the first document to the last check. */
export class Session {
  readonly remarks: string[] = [];
  readonly objects: Objects;
  readonly target: Target;
  readonly #parts: SessionParts;
  #applied: readonly AppliedDocument[] = [];
  #bindings: Bindings | undefined;
  #findings: Promise<readonly ManifestFinding[]> | undefined;
  readonly #scenario = new Set<string>();
  readonly #own = new Set<string>();
  /** What the exercise is about. */
  readonly #images: ReadonlySet<string>;

  constructor(parts: SessionParts) {
    const { pack, site } = parts;
    this.#parts = parts;
    this.target = new LimitedTarget(site.target, pack.exercise.timeLimit.virtual, 'time limit of the exercise');
    this.objects = new Objects(this.target);
    const given = [...pack.scenario, ...pack.solution].map(({ value }) => value as unknown as KubeObject);
    this.#images = imagesOfWorkloads(given);
    // What names no namespace is in the usual one, or in none; objects of one kind are never in both.
    for (const namespace of [site.namespace, ''])
      for (const { value } of pack.scenario) this.#scenario.add(keyText(keyOfManifest(value, namespace)));
  }

  /** Applies the submission, lets the cluster come to rest and finds out who plays which role. */
  async prepare(): Promise<void> {
    const { pack, documents, site } = this.#parts;
    if (pack.exercise.namespace === 'any') this.remarks.push(...(await makeNamespaces(this.target, documents)));
    this.#applied = await applyDocuments(this.target, this.objects.discovery, documents, site);
    for (const { key, refusal } of this.#applied) if (refusal === undefined) this.#own.add(keyText(key));
    await this.settle();
  }

  /** Lets the cluster come to rest and binds roles anew. */
  async settle(): Promise<void> {
    await settle(this.target, this.objects, Math.min(LONGEST_SETTLE, this.#parts.pack.exercise.timeLimit.virtual / 2));
    const isCandidate = (object: KubeObject) => this.isCandidate(object);
    const isSubmitted = (object: KubeObject) => this.isSubmitted(object);
    this.#bindings = bindRoles(await readCandidates(this.objects, isCandidate, isSubmitted, this.#images));
  }

  get bindings(): Bindings {
    if (this.#bindings === undefined) throw new Error('nothing was prepared yet');
    return this.#bindings;
  }

  isSubmitted(object: KubeObject): boolean {
    return this.#own.has(keyOfObject(object));
  }

  isCandidate(object: KubeObject): boolean {
    return this.isSubmitted(object) || this.#scenario.has(keyOfObject(object));
  }

  /** From now on the object counts as the student's: it stands in for one of theirs. */
  adopt(object: KubeObject): void {
    this.#own.add(keyOfObject(object));
  }

  /** What one check works with. @param limit milliseconds that it may take */
  contextFor(limit: number): CheckContext {
    const { files, site } = this.#parts;
    return {
      target: new LimitedTarget(this.target, limit, 'limit of the check'),
      objects: this.objects,
      bindings: this.bindings,
      files,
      applied: this.#applied,
      isSubmitted: (object) => this.isSubmitted(object),
      isCandidate: (object) => this.isCandidate(object),
      findings: () => (this.#findings ??= allFindings(files, this.#applied, site)),
      explain: (request) => site.explain?.(request),
    };
  }

  /** Where in the submission something stands; nowhere for what is not the student's. */
  locate(place: FindingPlace | undefined): { file?: string; line?: number; column?: number } {
    if (place === undefined) return {};
    if ('file' in place) {
      const { file, line, column } = place;
      return { file, ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
    }
    const key = keyOfObject(place.object);
    const found = this.#applied.findLast((each) => keyText(each.key) === key);
    if (found === undefined) return {};
    const position = this.#parts.files.sources.locateField(found.document, place.path);
    const { file, line } = found.document;
    return position === undefined ? { file, line } : { file, line: position.line, column: position.column };
  }
}
