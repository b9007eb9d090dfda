import {
  type Cluster,
  createCluster,
  createClusterView,
  deltaMessages,
  PLAIN_EDGE,
  startScenarioLoad,
  worldOf,
} from '../index.ts';
import type { ControlActions } from '../run/actions.ts';
import { Applying } from '../run/applying.ts';
import { ControlError } from '../run/control-error.ts';
import type { PageKubectlParts } from '../run/page-kubectl.ts';
import { Reports } from '../run/reports.ts';
import { RunActions } from '../run/run-actions.ts';
import { RunFiles } from '../run/run-files.ts';
import { RunManifests } from '../run/run-manifests.ts';
import type { FeedMessage, PastState, Snapshot, SourceFile, TraceSample } from '../wire.ts';
import { apiConnection } from './api-connection.ts';
import { type PageFile, readScenario } from './scenario-files.ts';
import { type Simulated, simulateFiles } from './simulate.ts';
import { sleep } from './sleep.ts';

/** Its code is loaded when the page asks first. */
const loadKubectl = () => import('../run/page-kubectl.ts');

/** As kubectl prints one in which nothing stands: there is no address that it could lead to. */
const KUBECONFIG = `apiVersion: v1
clusters: null
contexts: null
current-context: ""
kind: Config
preferences: {}
users: null
`;

/** What a page's own sandbox is made of. */
export interface InPageOptions {
  readonly files: readonly PageFile[];
  /** Random for every start. */
  readonly epoch: string;
  readonly seed?: string;
}

/** A sandbox without a server: the same engine in the page itself, in real time, on files that the page brings along. */
export class InPageSandbox {
  /** What may be done to it: the same as over the control API of a server. */
  readonly actions: ControlActions;
  readonly #cluster: Cluster;
  readonly #view: ReturnType<typeof createClusterView>;
  readonly #files: RunFiles;
  readonly #manifests: RunManifests;
  readonly #reports: Reports;
  readonly #started: readonly PageFile[];
  #seq = 0;

  /** @throws Error for files that cannot be read */
  constructor({ files, epoch, seed }: InPageOptions) {
    const { files: input, loaded, settings } = readScenario(files, seed);
    this.#started = files;
    this.#cluster = createCluster({ settings, time: 'real' });
    this.#files = new RunFiles(input);
    this.#manifests = new RunManifests(this.#cluster, loaded.settings);
    const applying = new Applying(this.#cluster, this.#files, this.#manifests);
    this.#reports = new Reports({
      cluster: this.#cluster,
      world: () => worldOf(this.#cluster, this.#manifests.refused, PLAIN_EDGE),
      toLoadBalancer: (url) => this.#resolve(url),
    });
    this.actions = this.#createActions(applying);
    this.#view = createClusterView(this.#cluster, {
      epoch,
      findings: () => this.#reports.findings(),
      files: () => this.#shownFiles(),
      deviations: ['Everything runs in this page: no server, no sockets; kubectl only in its terminal.'],
    });
    applying.start(loaded);
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

  traces(limit: number, until: number): TraceSample[] {
    return this.#view.traces(limit, until);
  }

  past(step: number): PastState | undefined {
    return this.#view.past(step);
  }

  async send(order: { url?: string; count: number; headers?: Record<string, string> }): Promise<readonly number[]> {
    const { url = 'http://LOAD_BALANCER/', count, headers = {} } = order;
    const ids = await this.actions.send({ url: this.#resolve(url), count, headers });
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

  /** Requests in virtual time to a cluster of its own, from the files as they were brought along. */
  simulate(requests: number): Promise<Simulated> {
    return simulateFiles(this.#started, requests, this.#cluster.settings.seed);
  }

  /** Moves cluster time forward by so many milliseconds. */
  advance(milliseconds: number): void {
    this.#cluster.advance(milliseconds);
  }

  /** Ends loads and timers. */
  stop(): void {
    this.#cluster.stop();
  }

  #createActions(applying: Applying): ControlActions {
    return new RunActions({
      cluster: this.#cluster,
      files: this.#files,
      manifests: this.#manifests,
      reset: () => void applying.reset([]),
      save: (file) => {
        throw new ControlError(409, `This page has no disk to write ${file} to: copy its text.`, 'Conflict');
      },
      changed: () => {},
      trace: async (id) => this.#reports.trace(id),
      explain: async (request) => this.#reports.explain(request),
      nginxConf: async (query) => this.#reports.nginxConf(query),
      kubectl: async (argv, streams) => (await loadKubectl()).runPageKubectl(this.#kubectlParts, argv, streams),
      kubectlCommands: async () => (await loadKubectl()).pageKubectlCommands(),
      schemas: async (groupVersion) =>
        (await loadKubectl()).publishedSchemas(this.#kubectlParts.connection, groupVersion),
      lessons: () => Promise.reject(new ControlError(404, 'This page has no lessons.', 'NotFound')),
    });
  }

  get #kubectlParts(): PageKubectlParts {
    const cluster = this.#cluster;
    return {
      files: this.#files,
      connection: apiConnection(() => cluster.api.server()),
      now: () => cluster.clock.now(),
      sleep: (milliseconds, signal) => sleep(cluster, milliseconds, signal),
      kubeconfig: KUBECONFIG,
      realKubectl: 'a sandbox on your own machine has it: npx k8s-ingress-sandbox',
    };
  }

  /** There is no disk that a text could be missing from: none is a draft. */
  #shownFiles(): SourceFile[] {
    return this.#files.describe().map(({ file, text }) => ({ file, text, draft: false }));
  }

  /** Puts the ingress load balancer's hostname in the place of `LOAD_BALANCER`. @throws ControlError without one */
  #resolve(url: string): string {
    if (!url.includes('LOAD_BALANCER')) return url;
    const hostname = this.#cluster.edge.ingressLoadBalancer()?.hostname;
    if (hostname === undefined)
      throw new ControlError(409, 'no load balancer stands before an ingress controller', 'Conflict');
    return url.replaceAll('LOAD_BALANCER', hostname);
  }
}
