import type {
  ControlActions,
  ControlFile,
  ApplyOutcome as ControlOutcome,
  ManifestPlace,
} from '../../host/control/actions.ts';
import { type ApplyOutcome, type Cluster, type ClusterCommands, clusterCommands, exportObject } from '../../index.ts';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import type { ManifestDocument } from '../../manifest/document.ts';
import { encodeManifests } from '../../manifest/encode-manifests.ts';
import type { ManifestProblem } from '../../manifest/problem.ts';
import type { ApplyProblem, ObjectName, RequestTrace } from '../../wire.ts';

/** Name of manifests that came over the control API. */
const REQUEST_FILE = 'request.yaml';
const OWN_GROUP = 'sandbox.k8s-ingress.dev/';

/** What the run knows beside its cluster. */
export interface RunFiles {
  /** Contents of the run's files as they were applied or saved last. */
  texts(): readonly { readonly file: string; readonly text: string }[];
  /** Puts the cluster back to what the files say. */
  reset(): void;
  /** Something was changed on purpose. */
  changed(outcomes: readonly ApplyOutcome[]): void;
  trace(id: number): RequestTrace | 'evicted' | undefined;
  explain(request: { method: string; url: string; headers: Record<string, string> }): RequestTrace;
}

/** What the page and other commands may do to a run. */
export class RunActions implements ControlActions {
  readonly #cluster: Cluster;
  readonly #run: RunFiles;
  readonly #commands: ClusterCommands;
  readonly #drafts = new Map<string, string>();

  constructor(cluster: Cluster, run: RunFiles) {
    this.#cluster = cluster;
    this.#run = run;
    this.#commands = clusterCommands(cluster);
  }

  apply(manifests: string, { dryRun }: { dryRun: boolean }): ControlOutcome {
    return this.#apply(REQUEST_FILE, manifests, dryRun);
  }

  delete(object: ObjectName & { apiVersion: string }): number {
    return this.#done(this.#commands.delete(object));
  }

  reset(): number {
    this.#drafts.clear();
    this.#run.reset();
    return this.#revision;
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

  files(): ControlFile[] {
    return this.#run.texts().map(({ file, text }) => {
      const draft = this.#drafts.get(file);
      return { file, text: draft ?? text, draft: draft !== undefined && draft !== text };
    });
  }

  export(): string {
    return encodeManifests(this.#cluster.userObjects().map(exportObject));
  }

  placeOf(object: ObjectName): ManifestPlace | undefined {
    const document = this.#cluster.manifests.documentOf(object);
    const file = this.files().find((each) => each.file === document?.file);
    if (document === undefined || file === undefined) return undefined;
    return { file: file.file, text: file.text, index: document.index, path: document.path };
  }

  applyDraft(file: string, text: string): ControlOutcome {
    const outcome = this.#apply(file, text, false);
    if (outcome.errors.length === 0) this.#drafts.set(file, text);
    return outcome;
  }

  trace(id: number): RequestTrace | 'evicted' | undefined {
    return this.#run.trace(id);
  }

  explain(request: { method: string; url: string; headers: Record<string, string> }): RequestTrace {
    return this.#run.explain(request);
  }

  send(request: { url: string; headers: Record<string, string>; count: number }): Promise<number[]> {
    return this.#commands.send(request);
  }

  get #revision(): number {
    return this.#cluster.client.revision;
  }

  /** Something was changed on purpose. */
  #done(revision: number): number {
    this.#run.changed([]);
    return revision;
  }

  #apply(file: string, text: string, dryRun: boolean): ControlOutcome {
    const { documents, problems } = decodeManifests(file, text);
    const errors = problems.filter(({ severity }) => severity === 'error').map(problemOfText);
    if (errors.length > 0) return { rev: this.#revision, objects: [], errors };
    if (!dryRun) this.#cluster.manifests.addFiles([{ file, text }]);
    return this.#applyDocuments(
      documents.filter(({ value }) => !value.apiVersion.startsWith(OWN_GROUP)),
      dryRun,
    );
  }

  #applyDocuments(documents: readonly ManifestDocument[], dryRun: boolean): ControlOutcome {
    const outcomes = this.#cluster.apply(documents, { dryRun });
    if (!dryRun) this.#run.changed(outcomes);
    const objects = outcomes.flatMap(({ apiVersion, kind, namespace, name, action }) =>
      action === undefined ? [] : [{ apiVersion, kind, namespace, name, action }],
    );
    return { rev: this.#revision, objects, errors: outcomes.flatMap(problemsOf) };
  }
}

function problemsOf({ problems }: ApplyOutcome): ApplyProblem[] {
  return problems.map(({ message, reason, field, document, line = 1, column = 1 }) => {
    return { message, reason, field, document, line, column };
  });
}

function problemOfText({ message, reason, document = 0, line = 1, column = 1, hint }: ManifestProblem): ApplyProblem {
  const text = hint === undefined ? message : `${message}\n${hint}`;
  return { message: text, reason, field: '', document, line, column };
}
