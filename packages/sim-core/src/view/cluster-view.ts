import { pods } from '../api/core-v1/pod.ts';
import { services } from '../api/core-v1/service.ts';
import { ingresses } from '../api/networking-v1/ingress.ts';
import { deepEqual } from '../apimachinery/deep.ts';
import { type KubeObject, keyOf, parseKey } from '../apimachinery/object-meta.ts';
import type { DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';
import type {
  CostLine,
  DoctorFinding,
  LoadState,
  PastState,
  Snapshot,
  SourceFile,
  SplitRow,
  TraceSample,
  WireEvent,
} from '../wire.ts';
import { costLine } from './cost-line.ts';
import { EventLog } from './event-log.ts';
import { Findings } from './findings.ts';
import { type BoxIds, Flows } from './flows.ts';
import { LiveObjects } from './live-objects.ts';
import { loadState } from './load-state.ts';
import { ObjectTable } from './object-table.ts';
import { RequestMetrics } from './request-metrics.ts';
import { SplitHistory } from './split-history.ts';
import { splitRow } from './split-rows.ts';
import { StatusLine } from './status-line.ts';
import { Timeline } from './timeline.ts';
import { TraceSamples, traceSample } from './trace-samples.ts';
import type { ViewDelta } from './view-delta.ts';
import type { ClusterViewOptions, ViewedCluster } from './viewed-cluster.ts';

/** Events in a snapshot. */
const SNAPSHOT_EVENTS = 300;
/** Steps of the timeline in a snapshot. */
const SNAPSHOT_STEPS = 300;

/**
 * A cluster as the page sees it: a snapshot of everything, and what changed since somebody looked last. Watching costs
 * next to nothing; the work is done when somebody looks, and only for what changed. One consumer takes the deltas.
 */
export class ClusterView {
  readonly epoch: string;
  readonly engine: string;
  readonly #cluster: ViewedCluster;
  readonly #options: ClusterViewOptions;
  readonly #table = new ObjectTable();
  readonly #objects: LiveObjects;
  readonly #events: EventLog;
  readonly #timeline = new Timeline();
  readonly #splits = new SplitHistory();
  readonly #flows: Flows;
  readonly #samples = new TraceSamples();
  readonly #metrics = new RequestMetrics();
  readonly #status: StatusLine;
  readonly #findings: Findings;
  #version = 0;
  #takenRevision = 0;
  #takenCost: CostLine | undefined;
  #takenFindings: readonly DoctorFinding[] | undefined;
  #takenFiles: SourceFile[] | undefined;

  constructor(cluster: ViewedCluster, options: ClusterViewOptions) {
    this.epoch = options.epoch;
    this.engine = options.engine;
    this.#cluster = cluster;
    this.#options = options;
    this.#flows = new Flows(boxIds(cluster));
    this.#objects = new LiveObjects(cluster, options, this.#table, () => this.#flows.boxesChanged());
    this.#events = new EventLog(cluster.client, (event) => this.#noteEvent(event));
    this.#status = new StatusLine(cluster, options);
    this.#findings = new Findings(cluster, options);
    cluster.records.onWritten((record) => this.#count(record));
  }

  /** Cluster time in whole milliseconds. */
  get now(): number {
    return Math.round(this.#cluster.clock.now());
  }

  get revision(): number {
    return this.#cluster.client.revision;
  }

  /** Another number whenever something shows that a delta tells only once: objects, events, ways through the map. */
  get version(): number {
    this.#refresh();
    return this.#version;
  }

  /** Everything, as it is now. */
  snapshot(): Omit<Snapshot, 'seq'> {
    this.#refresh();
    return {
      epoch: this.epoch,
      rev: this.revision,
      status: this.#status.read(),
      objects: this.#table.all(),
      events: this.events(SNAPSHOT_EVENTS),
      timeline: this.#timeline.steps().slice(-SNAPSHOT_STEPS),
      split: this.split(),
      flows: this.#flows.all(),
      load: this.loads(),
      findings: [...this.#findings.read()],
      cost: this.#cost(),
      files: this.#files(),
    };
  }

  /** What changed since the last call. */
  takeDelta(): ViewDelta {
    this.#refresh();
    const [prevRev, rev] = [this.#takenRevision, this.revision];
    this.#takenRevision = rev;
    return {
      prevRev,
      rev,
      ops: this.#table.take(),
      ...this.#takeNews(),
      newFlows: this.#flows.takeAdded(),
      flows: this.#flows.takeChanged(),
      events: this.#events.take(),
      steps: this.#timeline.take(),
      samples: this.#samples.take(),
      split: this.split(),
      load: this.loads(),
      status: this.#status.read(),
    };
  }

  /** Newest first. */
  events(limit: number): WireEvent[] {
    return this.#events.newest(limit);
  }

  /** The cluster as it was at a step of the timeline; undefined when that is forgotten. */
  past(id: number): PastState | undefined {
    this.#refresh();
    return this.#timeline.at(id, this.#table.all());
  }

  /** The newest requests, newest first. @param until id of the newest that counts */
  traces(limit: number, until = Number.POSITIVE_INFINITY): TraceSample[] {
    return this.#cluster.records
      .newest(limit, ({ id }) => id <= until)
      .map((record) => traceSample(record, this.#flows.flowOf(record)));
  }

  split(): SplitRow[] {
    return this.#cluster.splits.all().map(splitRow);
  }

  loads(): LoadState[] {
    return this.#cluster.loads.running().map(loadState);
  }

  /** Totals in Prometheus' text format. */
  metrics(): string {
    return this.#metrics.print({ cluster_revision: this.revision, load_balancers: this.#cluster.cloud.list().length });
  }

  /** Puts these requests into the next samples, whatever was chosen before. */
  sample(ids: readonly number[]): void {
    for (const id of ids) {
      const record = this.#cluster.records.get(id);
      if (record !== undefined && record !== 'evicted') this.#samples.add(record, this.#flows.flowOf(record));
    }
  }

  /** Runs for every request. */
  #count(record: DecisionRecord): void {
    const flow = this.#flows.count(record);
    this.#metrics.count(record);
    this.#samples.offer(record, flow, this.#cluster.clock.requestNow());
  }

  #refresh(): void {
    this.#objects.refresh();
    this.#recordStep();
    const { changes } = this.#table;
    this.#version = changes + this.#events.seen + this.#flows.created + this.#timeline.created;
  }

  #recordStep(): void {
    const { splits, records } = this.#cluster;
    const [changes, marks] = [this.#table.takeChanges(), this.#splits.look(splits.all())];
    if (changes.length === 0 && marks.length === 0) return;
    const moment = { rev: this.revision, at: this.now, request: records.lastId };
    this.#timeline.record({ ...moment, changes, marks, split: this.split() });
  }

  #cost(): CostLine {
    const { cloud, settings } = this.#cluster;
    return costLine(cloud.list().length, settings.cloud.provider);
  }

  #files(): SourceFile[] {
    return this.#options.files?.() ?? [];
  }

  /** Findings, costs and files, where they changed. */
  #takeNews(): Pick<ViewDelta, 'findings' | 'cost' | 'files'> {
    const [findings, cost, files] = [this.#findings.read(), this.#cost(), this.#files()];
    const news = {
      ...(findings === this.#takenFindings ? {} : { findings: [...findings] }),
      ...(deepEqual(cost, this.#takenCost) ? {} : { cost }),
      ...(deepEqual(files, this.#takenFiles) ? {} : { files }),
    };
    this.#takenFiles = files;
    this.#takenFindings = findings;
    this.#takenCost = cost;
    return news;
  }

  /** The cloud tells of its failures only in events (cloud-provider/controllers/service/controller.go). */
  #noteEvent({ object, reason, message }: WireEvent): void {
    if (object.kind !== 'Service') return;
    if (reason === 'SyncLoadBalancerFailed') this.#objects.cloudFailed(keyOf(object.namespace, object.name), message);
    if (reason === 'EnsuringLoadBalancer') this.#objects.cloudFailed(keyOf(object.namespace, object.name), '');
  }
}

export function boxIds({ client }: ViewedCluster): BoxIds {
  const box = (kind: string, object: KubeObject | undefined) => object && `${kind}:${object.metadata.uid}`;
  const service = (namespace: string, name: string) => client.get(services, namespace, name);
  return {
    loadBalancer: (key) => box('lb', service(parseKey(key).namespace, parseKey(key).name)),
    pod: (key) => box('pod', client.get(pods, parseKey(key).namespace, parseKey(key).name)),
    ingress: (namespace, name) => box('ingress', client.get(ingresses, namespace, name)),
    service: (namespace, name) => box('service', service(namespace, name)),
  };
}
