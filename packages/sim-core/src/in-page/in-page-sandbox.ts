import { examine } from '../doctor/doctor.ts';
import type { World } from '../doctor/world.ts';
import { describe } from '../explain/describe.ts';
import {
  boxIds,
  type Cluster,
  type ClusterCommands,
  clusterCommands,
  createCluster,
  createClusterView,
  deltaMessages,
  PLAIN_EDGE,
  startScenarioLoad,
  worldOf,
} from '../index.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import { editScalar } from '../manifest/edit-scalar.ts';
import { setField } from '../manifest/set-field.ts';
import type { FeedMessage, ObjectName, PastState, RequestTrace, Snapshot, TraceSample, WeightAnswer } from '../wire.ts';
import { type PageFile, readScenario } from './scenario-files.ts';
import { type Simulated, simulateFiles } from './simulate.ts';

const CANARY_WEIGHT = 'nginx.ingress.kubernetes.io/canary-weight';

/** What a page's own sandbox is made of. */
export interface InPageOptions {
  readonly files: readonly PageFile[];
  /** Random for every start. */
  readonly epoch: string;
  readonly seed?: string;
}

/** A sandbox without a server: the same engine in the page itself, in real time, on files that the page brings along. */
export class InPageSandbox {
  readonly #cluster: Cluster;
  readonly #view: ReturnType<typeof createClusterView>;
  readonly #commands: ClusterCommands;
  readonly #started: readonly PageFile[];
  #files: (PageFile & { draft: boolean })[];
  #seq = 0;

  /** @throws Error for files that cannot be read */
  constructor({ files, epoch, seed }: InPageOptions) {
    const { settings, addons, documents } = readScenario(files, seed);
    this.#started = files;
    this.#files = files.map((file) => ({ ...file, draft: false }));
    this.#cluster = createCluster({ settings, time: 'real' });
    this.#commands = clusterCommands(this.#cluster);
    this.#view = createClusterView(this.#cluster, {
      epoch,
      findings: () => examine(this.#world()),
      files: () => this.#files,
      deviations: ['Everything runs in this page: no server, no sockets, no kubectl.'],
    });
    this.#cluster.manifests.addFiles([...files]);
    this.#cluster.apply(addons);
    this.#cluster.apply(documents, { interval: settings.applyInterval, postpone: true });
    startScenarioLoad(this.#cluster);
  }

  snapshot(): Snapshot {
    return { ...this.#view.snapshot(), seq: this.#seq };
  }

  hello(): FeedMessage {
    const { epoch, now } = this.#view;
    return { t: 'hello', proto: 1, epoch, seq: this.#seq, role: 'control', hz: 10, now };
  }

  /** What happened since the last call, as the feed tells it. One reader takes them. */
  take(): FeedMessage[] {
    return deltaMessages(this.#view.takeDelta()).map((message) => ({ ...message, seq: ++this.#seq }));
  }

  trace(id: number): RequestTrace | 'evicted' | undefined {
    const record = this.#cluster.records.get(id);
    if (record === undefined || record === 'evicted') return record;
    return describe({ record, world: this.#world(), ids: boxIds(this.#cluster) });
  }

  traces(limit: number, until: number): TraceSample[] {
    return this.#view.traces(limit, until);
  }

  past(step: number): PastState | undefined {
    return this.#view.past(step);
  }

  /** Changes the weight where it is written. @throws Error when it is written nowhere */
  setWeight(namespace: string, name: string, weight: number): WeightAnswer {
    const ingress = { kind: 'Ingress', namespace, name };
    const place = this.#placeOf(ingress);
    if (place === undefined)
      return { rev: this.#commands.annotate({ namespace, name }, CANARY_WEIGHT, String(weight)) };
    const path = [...place.path, 'metadata', 'annotations', CANARY_WEIGHT];
    const text = editScalar(place.text, place.index, path, String(weight));
    if (text === undefined) throw new Error(`Ingress ${namespace}/${name} has no annotation ${CANARY_WEIGHT}`);
    this.apply(place.file, text);
    const source = this.#cluster.manifests.locate(ingress, `metadata.annotations[${CANARY_WEIGHT}]`);
    const line = source?.line;
    return {
      rev: this.#view.revision,
      file: place.file,
      ...(line === undefined ? {} : { line, text: text.split('\n')[line - 1] ?? '' }),
    };
  }

  /** Applies a text as the draft of a file. @throws Error with the first problem, at its line; nothing is kept then */
  apply(file: string, text: string): void {
    const { documents, problems } = decodeManifests(file, text);
    const own = documents.filter(({ value }) => value.kind !== 'Scenario');
    const refused = this.#cluster.apply(own, { dryRun: true }).flatMap((outcome) => outcome.problems);
    const [problem] = [...problems, ...refused];
    if (problem !== undefined) throw new Error(`${problem.file}:${problem.line}: ${problem.message}`);
    this.#cluster.manifests.addFiles([{ file, text }]);
    this.#cluster.apply(own);
    const draft = this.#started.every((each) => each.file !== file || each.text !== text);
    this.#files = this.#files.map((each) => (each.file === file ? { file, text, draft } : each));
  }

  async send(order: { url?: string; count: number; headers?: Record<string, string> }): Promise<number[]> {
    const { url = 'http://LOAD_BALANCER/', count, headers = {} } = order;
    const ids = await this.#commands.send({ url: this.#resolve(url), count, headers });
    this.#view.sample(ids);
    return ids;
  }

  startLoad(order: { url: string; rate: number; headers?: Record<string, string>; startedBy?: string }): {
    id: string;
  } {
    return this.#cluster.loads.start({ ...order, url: this.#resolve(order.url) });
  }

  stopLoad(id: string): void {
    this.#cluster.loads.stop(id);
  }

  delete(object: { apiVersion: string; kind: string; namespace: string; name: string }): void {
    this.#commands.delete(object);
  }

  crash(namespace: string, name: string): void {
    this.#commands.crash(namespace, name);
  }

  /** Scales a Deployment, also where it is written. */
  scale(namespace: string, name: string, replicas: number): void {
    this.#commands.scale(namespace, name, replicas);
    const place = this.#placeOf({ kind: 'Deployment', namespace, name });
    if (place === undefined) return;
    const text = setField(place.text, place.index, [...place.path, 'spec', 'replicas'], replicas);
    if (text !== undefined && text !== place.text) this.apply(place.file, text);
  }

  /** Moves cluster time forward by so many milliseconds. */
  skip(milliseconds: number): void {
    this.#cluster.advance(milliseconds);
  }

  /** Requests in virtual time to a cluster of its own, from the files as they were brought along. */
  simulate(requests: number): Promise<Simulated> {
    return simulateFiles(this.#started, requests, this.#cluster.settings.seed);
  }

  /** Where the manifest of an object stands in a file of this page, draft or not. */
  #placeOf(object: ObjectName) {
    const document = this.#cluster.manifests.documentOf(object);
    const file = this.#files.find((each) => each.file === document?.file);
    return document && file && { file: file.file, text: file.text, index: document.index, path: document.path };
  }

  #resolve(url: string): string {
    const hostname = this.#cluster.edge.ingressLoadBalancer()?.hostname;
    if (hostname === undefined) throw new Error('no load balancer stands before an ingress controller');
    return url.replaceAll('LOAD_BALANCER', hostname);
  }

  #world(): World {
    return worldOf(this.#cluster, [], PLAIN_EDGE);
  }
}
