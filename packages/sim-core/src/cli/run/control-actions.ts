import { newNotFound } from '../../apimachinery/status-error.ts';
import type {
  ControlActions,
  ControlFile,
  ApplyOutcome as ControlOutcome,
  ManifestPlace,
} from '../../host/control/actions.ts';
import { ControlError } from '../../host/control/answer.ts';
import type { ApplyOutcome, Cluster } from '../../index.ts';
import { deployments, kindForResource, LOAD_CLIENT_ADDRESS, replicaSets, StatusSink } from '../../index.ts';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import type { ManifestDocument } from '../../manifest/document.ts';
import type { ManifestProblem } from '../../manifest/problem.ts';
import type { ApplyProblem, ObjectName, RequestTrace } from '../../wire.ts';
import { ADDON_FILE } from './load-manifests.ts';

/** Name of manifests that came over the control API. */
const REQUEST_FILE = 'request.yaml';
const USER = 'kubernetes-admin';
const PORTS: Readonly<Record<string, number>> = Object.freeze({ 'http:': 80, 'https:': 443 });

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
  readonly #drafts = new Map<string, string>();

  constructor(cluster: Cluster, run: RunFiles) {
    this.#cluster = cluster;
    this.#run = run;
  }

  apply(manifests: string, { dryRun }: { dryRun: boolean }): ControlOutcome {
    return this.#apply(REQUEST_FILE, manifests, dryRun);
  }

  delete({ apiVersion, kind, namespace, name }: ObjectName & { apiVersion: string }): number {
    this.#cluster.delete(apiVersion, kind, { namespace, name });
    this.#run.changed([]);
    return this.#revision;
  }

  reset(): number {
    this.#drafts.clear();
    this.#run.reset();
    return this.#revision;
  }

  scale(namespace: string, name: string, replicas: number): number {
    const { client, registry } = this.#cluster.controlPlane;
    const kind = client.get(deployments, namespace, name) === undefined ? replicaSets : deployments;
    const object = client.get(kind as typeof deployments, namespace, name);
    if (object === undefined) throw newNotFound(deployments, name);
    registry.update(kind as typeof deployments, { ...object, spec: { ...object.spec, replicas } }, { user: USER });
    return this.#settle();
  }

  crash(namespace: string, name: string): number {
    this.#cluster.kubelet.crash(namespace, name);
    return this.#settle();
  }

  files(): ControlFile[] {
    return this.#run.texts().map(({ file, text }) => {
      const draft = this.#drafts.get(file);
      return { file, text: draft ?? text, draft: draft !== undefined && draft !== text };
    });
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

  annotate({ kind, namespace, name }: ObjectName, annotation: string, value: string): number {
    const { client, registry } = this.#cluster.controlPlane;
    const found = kindForResource(kind);
    const object = found && client.get(found, namespace, name);
    if (found === undefined || object === undefined)
      throw newNotFound({ group: '', resource: kind.toLowerCase() }, name);
    const annotations = { ...object.metadata.annotations, [annotation]: value };
    registry.update(found, { ...object, metadata: { ...object.metadata, annotations } }, { user: USER });
    return this.#settle();
  }

  trace(id: number): RequestTrace | 'evicted' | undefined {
    return this.#run.trace(id);
  }

  explain(request: { method: string; url: string; headers: Record<string, string> }): RequestTrace {
    return this.#run.explain(request);
  }

  async send({
    url,
    headers,
    count,
  }: {
    url: string;
    headers: Record<string, string>;
    count: number;
  }): Promise<number[]> {
    const target = new URL(url);
    const port = Number(target.port || PORTS[target.protocol]);
    const tls = target.protocol === 'https:' ? { tls: { sni: target.hostname } } : {};
    const connection = this.#cluster.edge.connect(
      { host: target.hostname, servicePort: port, ...tls },
      { address: LOAD_CLIENT_ADDRESS, port: 40_000 },
    );
    if ('refused' in connection) throw new ControlError(409, connection.message, connection.refused);
    const flat = Object.entries({ host: target.host, 'user-agent': 'sandbox-page', accept: '*/*', ...headers }).flat();
    const ids: number[] = [];
    for (let sent = 0; sent < count && !connection.closed; sent++) {
      await new Promise<void>((resolve) => {
        connection.http(
          {
            method: 'GET',
            url: target.pathname + target.search,
            httpVersion: '1.1',
            headers: flat,
            remoteAddress: LOAD_CLIENT_ADDRESS,
          },
          new StatusSink(() => resolve()),
        );
        ids.push(this.#cluster.records.lastId);
      });
    }
    connection.close();
    return ids;
  }

  get #revision(): number {
    return this.#cluster.client.revision;
  }

  #settle(): number {
    this.#cluster.settle();
    this.#run.changed([]);
    return this.#revision;
  }

  #apply(file: string, text: string, dryRun: boolean): ControlOutcome {
    const { documents, problems } = decodeManifests(file, text);
    const errors = problems.filter(({ severity }) => severity === 'error').map(problemOfText);
    const own = documents.filter(({ value }) => !value.apiVersion.startsWith('sandbox.k8s-ingress.dev/'));
    if (errors.length > 0) return { rev: this.#revision, objects: [], errors };
    if (!dryRun) this.#cluster.manifests.addFiles([{ file, text }]);
    return this.#outcomeOf(own, dryRun);
  }

  #outcomeOf(documents: readonly ManifestDocument[], dryRun: boolean): ControlOutcome {
    const outcomes = this.#cluster.apply(documents, { dryRun });
    if (!dryRun) this.#run.changed(outcomes);
    const objects = outcomes.flatMap(({ apiVersion, kind, namespace, name, action }) =>
      action === undefined ? [] : [{ apiVersion, kind, namespace, name, action }],
    );
    const errors = outcomes.flatMap(({ problems }) =>
      problems.map(
        ({ message, reason, field, document, line = 1, column = 1 }): ApplyProblem => ({
          message,
          reason,
          field,
          document,
          line,
          column,
        }),
      ),
    );
    return { rev: this.#revision, objects, errors };
  }
}

/** Whether a document belongs to the run's own files, not to the add-on. */
export function isUserFile(file: string): boolean {
  return file !== ADDON_FILE;
}

function problemOfText({ message, reason, document = 0, line = 1, column = 1, hint }: ManifestProblem): ApplyProblem {
  return { message: hint === undefined ? message : `${message}\n${hint}`, reason, field: '', document, line, column };
}
