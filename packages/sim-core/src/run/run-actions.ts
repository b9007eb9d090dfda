import {
  type ApplyOutcome,
  annotationDocs,
  type Cluster,
  type ClusterCommands,
  clusterCommands,
  exportObject,
} from '../index.ts';
import { encodeManifests } from '../manifest/encode-manifests.ts';
import type {
  AnnotationDoc,
  AppliedObject,
  ApplyProblem,
  KubectlCommands,
  NginxConf,
  NginxConfQuery,
  ObjectName,
  RequestTrace,
  SourceFile,
} from '../wire.ts';
import type {
  ControlActions,
  ApplyOutcome as ControlOutcome,
  ExplainRequest,
  KubectlStreams,
  LessonActions,
  ManifestPlace,
  ManifestText,
} from './actions.ts';
import type { InputFile } from './input-file.ts';
import { ADDON_FILE, type InputProblem } from './load-manifests.ts';
import type { RunFiles } from './run-files.ts';
import type { Applied, RunManifests } from './run-manifests.ts';

/** What the actions are made from. */
export interface ActionParts {
  readonly cluster: Cluster;
  readonly files: RunFiles;
  readonly manifests: RunManifests;
  /** Puts the cluster back to what the files say. */
  reset(): void;
  /** See {@link ControlActions.save}. */
  save(file: string, text: string): void;
  /** Something was changed on purpose. */
  changed(applied?: Applied): void;
  trace(id: number): Promise<RequestTrace | 'evicted' | undefined>;
  explain(request: ExplainRequest): Promise<RequestTrace>;
  nginxConf(query: NginxConfQuery): Promise<NginxConf | undefined>;
  kubectl(argv: readonly string[], streams: KubectlStreams): Promise<number>;
  kubectlCommands(): Promise<KubectlCommands>;
  schemas(groupVersion: string): Promise<unknown>;
  lessons(): Promise<LessonActions>;
}

/** What the page and other commands may do to a run. */
export class RunActions implements ControlActions {
  readonly #parts: ActionParts;
  readonly #commands: ClusterCommands;
  /** Names of texts that came over the control API. */
  readonly #requests = new Set<string>();
  #requestNumber = 0;

  constructor(parts: ActionParts) {
    this.#parts = parts;
    this.#commands = clusterCommands(parts.cluster);
  }

  apply(texts: readonly ManifestText[], { dryRun }: { dryRun: boolean }): ControlOutcome {
    const files = texts.map((text) => this.#fileFor(text));
    return this.#apply(files, dryRun);
  }

  delete(object: ObjectName & { apiVersion: string }): number {
    return this.#done(this.#commands.delete(object));
  }

  reset(): number {
    this.forgetTexts();
    this.#parts.reset();
    return this.#revision;
  }

  /** Forgets drafts, and texts that came over the control API. */
  forgetTexts(): void {
    this.#parts.files.dropDrafts();
    this.#parts.manifests.dropFiles(this.#requests);
    this.#requests.clear();
  }

  scale(namespace: string, name: string, replicas: number): number {
    return this.#done(this.#commands.scale(namespace, name, replicas));
  }

  crash(namespace: string, name: string): number {
    return this.#done(this.#commands.crash(namespace, name));
  }

  annotate(object: ObjectName, annotation: string, value: string): number {
    return this.#done(this.#commands.annotate(object, annotation, value));
  }

  files(): SourceFile[] {
    return this.#parts.files.describe();
  }

  placeOf(object: ObjectName): ManifestPlace | undefined {
    const { cluster, files } = this.#parts;
    const document = cluster.manifests.documentOf(object);
    if (document === undefined || !files.has(document.file)) return undefined;
    return { file: document.file, text: files.textOf(document.file), index: document.index, path: document.path };
  }

  applyDraft(file: string, text: string): ControlOutcome {
    const draft: InputFile = { file, bytes: new TextEncoder().encode(text) };
    const checked = this.#apply([draft], true);
    return checked.errors.length > 0 ? checked : this.#apply([draft], false);
  }

  export(): string {
    const objects = this.#parts.cluster.userObjects().filter(({ document }) => document.file !== ADDON_FILE);
    return encodeManifests(objects.map(exportObject));
  }

  trace(id: number): Promise<RequestTrace | 'evicted' | undefined> {
    return this.#parts.trace(id);
  }

  explain(request: ExplainRequest): Promise<RequestTrace> {
    return this.#parts.explain(request);
  }

  nginxConf(query: NginxConfQuery): Promise<NginxConf | undefined> {
    return this.#parts.nginxConf(query);
  }

  save(file: string, text: string): void {
    this.#parts.save(file, text);
  }

  kubectl(argv: readonly string[], streams: KubectlStreams): Promise<number> {
    return this.#parts.kubectl(argv, streams);
  }

  kubectlCommands(): Promise<KubectlCommands> {
    return this.#parts.kubectlCommands();
  }

  schemas(groupVersion: string): Promise<unknown> {
    return this.#parts.schemas(groupVersion);
  }

  lessons(): Promise<LessonActions> {
    return this.#parts.lessons();
  }

  annotations(): AnnotationDoc[] {
    return annotationDocs();
  }

  send(request: { url: string; headers: Record<string, string>; count: number }): Promise<number[]> {
    return this.#commands.send(request);
  }

  get #revision(): number {
    return this.#parts.cluster.client.revision;
  }

  /** Something was changed on purpose. */
  #done(revision: number): number {
    this.#parts.changed();
    return revision;
  }

  #apply(files: readonly InputFile[], dryRun: boolean): ControlOutcome {
    const { manifests } = this.#parts;
    const applied = dryRun ? manifests.check(files, files.length > 1) : manifests.apply(files);
    const { errors, outcomes } = applied;
    if (!dryRun && errors.length === 0) {
      for (const file of files) this.#keep(file);
      for (const name of manifests.forgetUnused(this.#requests)) this.#requests.delete(name);
      this.#parts.changed(applied);
    }
    return {
      rev: this.#revision,
      objects: outcomes.flatMap(objectsOf),
      errors: [...errors.map(problemOfText), ...outcomes.flatMap(problemsOf)],
    };
  }

  /** A text under the name that messages and lines refer to: files of the run keep theirs, nobody else gets it. */
  #fileFor({ file, path, text }: ManifestText): InputFile {
    const bytes = new TextEncoder().encode(text);
    const own = path === undefined ? undefined : this.#parts.files.findByPath(path);
    if (own !== undefined) return { ...own, bytes };
    if (file === undefined) return { file: `request-${++this.#requestNumber}.yaml`, bytes };
    const isTaken = file === ADDON_FILE || (path !== undefined && this.#parts.files.has(file));
    return { file: isTaken ? (path ?? `request-${++this.#requestNumber}.yaml`) : file, bytes };
  }

  /** Remembers a text that was applied. */
  #keep(file: InputFile): void {
    const { files } = this.#parts;
    if (file.path !== undefined) files.applied(file);
    else if (files.has(file.file)) files.drafted(file.file, new TextDecoder().decode(file.bytes));
    else this.#requests.add(file.file);
  }
}

function objectsOf(outcome: ApplyOutcome): AppliedObject[] {
  const { apiVersion, kind, namespace, name, action, file, line, warnings, retriedAfter } = outcome;
  if (action === undefined) return [];
  const retried = retriedAfter === undefined ? {} : { retriedAfter };
  return [{ apiVersion, kind, namespace, name, action, file, line, warnings: [...warnings], ...retried }];
}

function problemsOf({ problems }: ApplyOutcome): ApplyProblem[] {
  return problems.map(({ message, reason, field, document, file, line = 1, column = 1, hint = '' }) => {
    return { message, hint, reason, field, file, document, line, column };
  });
}

function problemOfText(problem: InputProblem): ApplyProblem {
  const { message, reason, file, document = 0, line = 1, column = 1, hint = '' } = problem;
  return { message, hint, reason, field: '', file, document, line, column };
}
