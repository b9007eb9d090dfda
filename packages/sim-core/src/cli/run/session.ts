import { examine } from '../../doctor/doctor.ts';
import type { World } from '../../doctor/world.ts';
import { describe } from '../../explain/describe.ts';
import { explain } from '../../explain/explain.ts';
import { nodeCertificates } from '../../host/certificates.ts';
import { type Edge, startEdge } from '../../host/edge/edge.ts';
import { removeRunFile, writeRunFile } from '../../host/run-file.ts';
import type { LedgerEntry } from '../../index.ts';
import { type ApplyOutcome, boxIds, type Cluster, createCluster } from '../../index.ts';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import { formatProblem } from '../../manifest/problem.ts';
import type { DoctorFinding, RequestTrace } from '../../wire.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import type { InputFile } from '../input.ts';
import { worldOf } from '../world.ts';
import { RunActions } from './control-actions.ts';
import { FileWatch, type SavedChange } from './file-watch.ts';
import {
  ADDON_FILE,
  addonDocuments,
  formatRefusal,
  type LoadedManifests,
  loadManifests,
  seedOf,
  withFlags,
} from './load-manifests.ts';
import { type Page, startPage } from './page.ts';
import { bindPort, movedPortsBox } from './ports.ts';
import type { RunConsole } from './run-console.ts';
import { DEFAULT_PORTS, type RunFlags } from './run-flags.ts';
import { goneWords } from './saved-words.ts';
import { SettleWatch } from './settle-watch.ts';
import { Teller } from './teller.ts';

/** What a session is started with. */
export interface SessionParts {
  readonly files: readonly InputFile[];
  readonly manifests: LoadedManifests;
  readonly flags: RunFlags;
  readonly given: ReadonlySet<string>;
  readonly console: RunConsole;
  readonly title: string;
}

/** One run: a cluster behind its sockets, the user's files, and what is said of it. */
export class Session {
  readonly cluster: Cluster;
  readonly #parts: SessionParts;
  readonly #watch: FileWatch;
  readonly #settle: SettleWatch;
  readonly #teller: Teller;
  readonly #actions: RunActions;
  #files: readonly InputFile[];
  #edge: Edge | undefined;
  /** What became of the documents of the last apply. */
  #outcomes: readonly ApplyOutcome[] = [];
  #page: Page | undefined;

  /** @throws CliError refused when the input cannot be decoded; nothing listens then */
  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#files = parts.files;
    const { flags, manifests, console } = parts;
    const settings = withFlags(manifests.settings, flags);
    this.cluster = createCluster({
      settings,
      time: 'real',
      certificates: nodeCertificates,
      traceHeader: flags['trace-header'] ?? true,
      notice: (message) => console.problem({ reason: 'Notice', message }),
    });
    this.cluster.manifests.addFiles(parts.files.map(({ file, bytes }) => ({ file, text: bytes })));
    const refused = this.cluster.manifests.check(manifests.documents);
    if (refused.length > 0) {
      this.cluster.stop();
      throw new CliError(EXIT.refused, refused.map(formatRefusal).join('\n'));
    }
    this.#settle = new SettleWatch(this.cluster, console, () => this.#teller.judged(this.#findings()));
    this.#teller = new Teller(this.cluster, console);
    this.cluster.onSettled(() => this.#teller.answering());
    this.#watch = new FileWatch(parts.files, (change) => this.#saved(change));
    this.#actions = new RunActions(this.cluster, {
      texts: () => this.#files.map(({ file, bytes }) => ({ file, text: new TextDecoder().decode(bytes) })),
      reset: () => this.reset(),
      changed: (outcomes) => this.#report(outcomes),
      trace: (id) => this.#trace(id),
      explain: (question) => explain(question, { world: this.#world(), ids: boxIds(this.cluster) }),
    });
  }

  /** Binds the ports, says that it is ready, applies. @throws CliError environment */
  async start(): Promise<void> {
    const { console, manifests, flags, title } = this.#parts;
    this.cluster.realTime?.setPaused(true);
    this.cluster.realTime?.setSpeed(this.cluster.settings.clock.speed);
    await this.#listen();
    for (const warning of manifests.warnings) console.note(warning);
    const ready = this.#readyLine();
    const ports = [this.#edge?.httpPort ?? 0, this.#edge?.httpsPort ?? 0, this.#page?.port ?? 0];
    writeRunFile({ ...ready, scenario: title, name: flags.name ?? '', startedAt: Date.now(), ports });
    console.ready(ready);
    this.#tellMovedPorts();
    const interval = this.cluster.settings.applyInterval;
    this.#report(this.cluster.apply([...addonDocuments(this.cluster.settings), ...manifests.documents], { interval }));
    this.cluster.realTime?.setPaused(false);
    this.#teller.pending();
    this.#startLoad();
  }

  /** Applies what was saved. */
  applySaved(): void {
    const changes = this.#watch.saved();
    if (changes.length === 0) this.#parts.console.note('Nothing was saved since the last apply.');
    else this.#tellGone(this.#applyFiles(changes.map(({ file }) => file)));
  }

  /** Shows what was saved and not applied. */
  showDiff(): void {
    const changes = this.#watch.saved();
    this.#parts.console.note(changes.length === 0 ? 'Nothing was saved since the last apply.' : this.#watch.diff());
  }

  /** Brings the cluster back to what the files say: objects from nowhere go, all others are applied again. */
  reset(): void {
    this.cluster.reset((file) => this.#isOurs(file));
    this.cluster.apply(addonDocuments(this.cluster.settings));
    this.#applyFiles(
      this.#files.map((file) => this.#watch.saved().find((saved) => saved.file.file === file.file)?.file ?? file),
    );
    this.cluster.reset((file) => this.#isOurs(file));
  }

  get link(): string {
    return this.#page?.link ?? '';
  }

  /** Frees every port; says which objects are in no file. */
  async stop(): Promise<void> {
    this.#watch.stop();
    this.#settle.stop();
    removeRunFile(process.pid);
    this.cluster.stop();
    const loose = this.cluster.manifests
      .entries()
      .map(({ document }) => document)
      .filter(({ file }) => !this.#isOurs(file));
    if (loose.length > 0) {
      const names = loose
        .map(({ value }) => `${value.kind} ${(value['metadata'] as { name?: string } | undefined)?.name}`)
        .join(', ');
      this.#parts.console.note(`In no file: ${names}`);
    }
    await Promise.all([this.#edge?.close(), this.#page?.close()]);
  }

  /** Whether a file is the user's or the add-on's. */
  #isOurs(file: string): boolean {
    return file === ADDON_FILE || this.#files.some((each) => each.file === file);
  }

  async #listen(): Promise<void> {
    const { flags, given, console } = this.#parts;
    const bindFor = <T>(flag: keyof typeof DEFAULT_PORTS, bind: (number: number) => Promise<T>) =>
      bindPort(
        { flag, number: flags[flag] ?? DEFAULT_PORTS[flag], given: given.has(flag), another: flags.another === true },
        bind,
      );
    const start = (httpPort: number, httpsPort: number) =>
      startEdge({
        engine: this.cluster.edge,
        httpPort,
        httpsPort,
        wellKnownPorts: httpPort === DEFAULT_PORTS['http-port'] && httpsPort === DEFAULT_PORTS['https-port'],
        ...(given.has('bind') && flags.bind !== undefined ? { addresses: [flags.bind] } : {}),
        onProblem: (problem) => console.problem(problem),
        onError: (error) =>
          console.problem({ reason: 'InternalError', message: error instanceof Error ? error.message : String(error) }),
        onLoadBalancer: ({ namespace, name, hostname, ports }) => {
          const ingress = this.cluster.edge.ingressLoadBalancer()?.service === `${namespace}/${name}`;
          const balancer = { namespace, name, hostname, ports: ports.map(({ port, url }) => ({ port, url })), ingress };
          this.#teller.announced(balancer);
        },
      });
    this.#edge = await bindFor('http-port', (http) => bindFor('https-port', (https) => start(http, https)));
    const edge = this.#edge;
    this.#page = await bindFor('ui-port', (port) =>
      startPage({
        cluster: this.cluster,
        edge,
        actions: this.#actions,
        port,
        publicUrl: flags['public-url'],
        findings: () => this.#findings(),
        onError: (error) =>
          console.problem({ reason: 'InternalError', message: error instanceof Error ? error.message : String(error) }),
      }),
    );
  }

  #tellMovedPorts(): void {
    const { flags, console } = this.#parts;
    const actual = {
      'http-port': this.#edge?.httpPort,
      'https-port': this.#edge?.httpsPort,
      'ui-port': this.#page?.port,
    };
    const box = flags.another === true ? '' : movedPortsBox({ ...DEFAULT_PORTS, ...flags }, actual);
    if (box !== '') console.note(`${box}\n`);
  }

  #readyLine() {
    const page = this.#page as Page;
    return {
      event: 'ready' as const,
      http: `http://127.0.0.1:${this.#edge?.httpPort}`,
      https: `https://127.0.0.1:${this.#edge?.httpsPort}`,
      ui: page.link,
      control: page.url,
      token: page.token,
      kubernetes: null,
      kubeconfig: null,
      dns: null,
      seed: seedOf(this.cluster.settings.seed),
      pid: process.pid,
    };
  }

  #saved({ file, summary }: SavedChange): void {
    const { console, flags } = this.#parts;
    const problems = decodeManifests(file.file, file.bytes).problems.filter(({ severity }) => severity === 'error');
    if (problems.length > 0) {
      console.note(`${file.file} was saved with an error; the cluster stays as it is:`);
      for (const problem of problems) console.note(formatProblem(problem));
    } else if (flags.watch === true) this.#tellGone(this.#applyFiles([file]));
    else console.note(`${file.file} changed (${summary}). Press Enter to apply, d for diff`);
  }

  /** @returns objects that these files had, and have no more */
  #applyFiles(files: readonly InputFile[]): readonly LedgerEntry[] {
    const { console } = this.#parts;
    const loaded = loadManifests(files);
    if (loaded.errors.length > 0) {
      for (const error of loaded.errors) console.note(error);
      return [];
    }
    this.#files = this.#files.map((file) => files.find((each) => each.file === file.file) ?? file);
    const texts = files.map(({ file, bytes }) => ({ file, text: bytes }));
    const gone = this.cluster.manifests.replaceFiles(texts, loaded.documents);
    this.#watch.applied(files);
    this.#report(this.cluster.apply(loaded.documents));
    return gone;
  }

  #tellGone(gone: readonly LedgerEntry[]): void {
    if (gone.length > 0) this.#parts.console.note(goneWords(gone));
  }

  #report(outcomes: readonly ApplyOutcome[]): void {
    if (outcomes.length > 0) this.#outcomes = outcomes;
    this.#parts.console.applied(outcomes);
    this.#settle.changed();
  }

  #world(): World {
    return worldOf(this.cluster, this.#outcomes, {
      http: `http://127.0.0.1:${this.#edge?.httpPort}`,
      https: `https://127.0.0.1:${this.#edge?.httpsPort}`,
    });
  }

  #findings(): DoctorFinding[] {
    return examine(this.#world());
  }

  #trace(id: number): RequestTrace | 'evicted' | undefined {
    const record = this.cluster.records.get(id);
    if (record === undefined || record === 'evicted') return record;
    return describe({ record, world: this.#world(), ids: boxIds(this.cluster) });
  }

  #startLoad(): void {
    const { load } = this.cluster.settings;
    if (load === undefined || !load.autoStart || this.#parts.flags.load === false) return;
    const start = () => {
      const balancer = this.cluster.edge.ingressLoadBalancer();
      if (balancer === undefined || balancer.state !== 'active') return;
      stop();
      this.cluster.loads.start({
        url: load.url.replace('LOAD_BALANCER', balancer.hostname),
        rate: load.rate,
        headers: load.headers,
        startedBy: 'scenario',
      });
    };
    const stop = this.cluster.edge.onLoadBalancersChanged(start);
    start();
  }
}
