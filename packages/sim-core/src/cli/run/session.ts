import { randomBytes } from 'node:crypto';
import { type Cluster, startScenarioLoad } from '../../index.ts';
import { Applying } from '../../run/applying.ts';
import type { InputFile } from '../../run/input-file.ts';
import { errorsOf, type LoadedManifests, loadManifests, warningsOf } from '../../run/load-manifests.ts';
import { RunActions } from '../../run/run-actions.ts';
import { RunFiles } from '../../run/run-files.ts';
import { type Applied, RunManifests } from '../../run/run-manifests.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { RefusedInput, withFlags } from '../read-manifests.ts';
import { expectKnown, startCluster } from '../start-cluster.ts';
import { worldOf } from '../world.ts';
import type { Addresses } from './addresses.ts';
import { exerciseOfScenario, type RunExercise } from './exercise-input.ts';
import { LateReports } from './late-reports.ts';
import type { LessonFiles } from './lesson/lesson-files.ts';
import type { RunLessons } from './lesson/run-lessons.ts';
import { describeLoose } from './loose-words.ts';
import { announceEnd, announceReady } from './ready.ts';
import type { RunConsole } from './run-console.ts';
import type { RunFlags } from './run-flags.ts';
import { saveDraft } from './save-draft.ts';
import { Saves } from './saves.ts';
import type { ServedKubectlParts } from './served-kubectl.ts';
import { SettleWatch } from './settle-watch.ts';
import { openSockets, type Sockets } from './sockets.ts';
import { Teller } from './teller.ts';

/** What a session is started with. */
export interface SessionParts {
  readonly files: readonly InputFile[];
  /** Names as the user gave them, and where they count from. */
  readonly names: readonly string[];
  readonly directory: string;
  readonly manifests: LoadedManifests;
  readonly flags: RunFlags;
  /** Flags that the user gave, as opposed to defaults. */
  readonly given: ReadonlySet<string>;
  readonly environment: NodeJS.ProcessEnv;
  readonly console: RunConsole;
  readonly title: string;
  /** What the run is about; the exercise of its Scenario without it. */
  readonly exercise?: RunExercise | undefined;
}

/** Its code is loaded when the page asks first. */
const loadKubectl = () => import('./served-kubectl.ts');

/** Nothing listens yet. */
const NOWHERE: Addresses = Object.freeze({ http: '', https: '', toLoadBalancer: (url: string) => url });

/** One run: a cluster behind its sockets, the user's files, and what is said of it. */
export class Session {
  readonly cluster: Cluster;
  readonly #parts: SessionParts;
  readonly #files: RunFiles;
  readonly #manifests: RunManifests;
  readonly #applying: Applying;
  readonly #saves: Saves;
  readonly #settle: SettleWatch;
  readonly #teller: Teller;
  readonly #reports: LateReports;
  readonly #actions: RunActions;
  #sockets: Sockets | undefined;
  #lessons: Promise<RunLessons> | undefined;
  #stopped: Promise<void> | undefined;

  /** @throws RefusedInput when the cluster cannot be made, or would not know the input; nothing listens then */
  constructor(parts: SessionParts) {
    this.#parts = parts;
    const { flags, manifests, console, files } = parts;
    this.cluster = startCluster(manifests, {
      settings: withFlags(manifests.settings, flags),
      time: 'real',
      signingSecret: randomBytes(32).toString('hex'),
      traceHeader: flags['trace-header'] ?? true,
      notice: (message) => console.problem({ reason: 'Notice', message }),
    });
    expectKnown(this.cluster, files, manifests);
    this.#files = new RunFiles(files);
    this.#manifests = new RunManifests(this.cluster, manifests.settings);
    this.cluster.manifests.onLateOutcomes((outcomes) => console.applied(outcomes));
    this.#applying = new Applying(this.cluster, this.#files, this.#manifests);
    this.#teller = new Teller(this.cluster, console);
    this.#settle = new SettleWatch({
      cluster: this.cluster,
      console,
      announced: async () => this.#sockets?.announced(),
      judged: () => void this.#judged(),
    });
    const addresses = (): Addresses => this.#sockets?.addresses ?? NOWHERE;
    this.#reports = new LateReports({
      cluster: this.cluster,
      world: () => worldOf(this.cluster, this.#manifests.refused, addresses()),
      toLoadBalancer: (url) => addresses().toLoadBalancer(url),
    });
    this.#actions = this.#createActions();
    this.#saves = new Saves({
      ...parts,
      files: this.#files,
      manifests: this.#manifests,
      applyAtOnce: flags.watch === true,
      apply: (saved) => this.#changed(this.#applying.saved(saved)),
    });
  }

  /** Opens the ports, says that it is ready, applies. @throws CliError environment */
  async start(): Promise<void> {
    const { console, manifests, flags } = this.#parts;
    const { cluster } = this;
    cluster.realTime?.setPaused(true);
    cluster.realTime?.setSpeed(cluster.settings.clock.speed);
    await announceReady({ ...this.#parts, cluster, sockets: await this.#open() });
    for (const warning of warningsOf(manifests)) console.problem(warning);
    this.#changed(this.#applying.start(manifests));
    cluster.realTime?.setPaused(false);
    cluster.onSettled(() => this.#teller.look());
    this.#teller.look();
    if (flags.load !== false) startScenarioLoad(cluster);
  }

  /** Applies what was saved. */
  applySaved(): void {
    this.#saves.applyPending();
  }

  /** Shows what was saved and not applied. */
  showDiff(): void {
    this.#saves.showDiff();
  }

  /** Brings the cluster back to what the files say: objects from nowhere go, all others are applied again. */
  reset(): void {
    this.#actions.reset();
  }

  /** The page with its token; '' while nothing listens. */
  get link(): string {
    return this.#sockets?.link ?? '';
  }

  /** Frees every port; says what of the cluster is in no file. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#saves.stop();
    this.#settle.stop();
    announceEnd();
    const loose = describeLoose(this.#files, this.#manifests);
    if (loose !== '') this.#parts.console.note(loose);
    this.cluster.stop();
    await Promise.all([this.#sockets?.close(), this.#lessons?.then((lessons) => lessons.close()).catch(() => {})]);
  }

  #createActions(): RunActions {
    return new RunActions({
      cluster: this.cluster,
      files: this.#files,
      manifests: this.#manifests,
      reset: () => this.#changed(this.#applying.reset(this.#saves.pending())),
      save: (file, text) => saveDraft(this.#files, file, text),
      changed: (applied) => this.#changed(applied),
      trace: async (id) => (await this.#reports.load()).trace(id),
      explain: async (question) => (await this.#reports.load()).explain(question),
      nginxConf: async (query) => (await this.#reports.load()).nginxConf(query),
      kubectl: async (argv, streams) => (await loadKubectl()).runServedKubectl(this.#kubectlParts(), argv, streams),
      kubectlCommands: async () => (await loadKubectl()).pageKubectlCommands(),
      lessons: () => this.#loadLessons(),
      schemas: async (groupVersion) => (await loadKubectl()).servedSchemas(this.#kubectlParts(), groupVersion),
    });
  }

  /** What the run is about, as soon as somebody asks. */
  #loadLessons(): Promise<RunLessons> {
    const { files, exercise: named, console } = this.#parts;
    this.#lessons ??= import('./lesson/run-lessons.ts').then(({ RunLessons }) => {
      const about = (exercise: RunExercise | undefined) => {
        const replace = (lesson: LessonFiles) => this.#replace(lesson);
        return new RunLessons({ cluster: this.cluster, files: this.#files, exercise, replace });
      };
      try {
        return about(named ?? exerciseOfScenario(this.cluster.settings.exercise, files));
      } catch (error) {
        // An exercise that cannot be read takes away no other lesson.
        if (!(error instanceof CliError)) throw error;
        console.note(error.message);
        return about(undefined);
      }
    });
    return this.#lessons;
  }

  /** A lesson's beginning takes the place of everything of the user's: their files on the disk stay as they are. */
  #replace({ scene, start }: LessonFiles): number {
    const { cluster } = this;
    const { flags, console } = this.#parts;
    const files = [...scene, ...start];
    const loaded = loadManifests(files, true);
    const errors = errorsOf(loaded);
    if (errors.length > 0) throw new RefusedInput(errors);
    this.#saves.stop();
    for (const { id } of cluster.loads.running()) cluster.loads.stop(id);
    this.#actions.forgetTexts();
    this.#changed(this.#applying.replace(files, loaded, withFlags(loaded.settings, flags)));
    console.note(
      `The lesson ${loaded.settings.name} has taken the place of what was in the cluster; your files stay as they are.`,
    );
    if (flags.load !== false) startScenarioLoad(cluster);
    return cluster.client.revision;
  }

  #kubectlParts(): ServedKubectlParts {
    const access = this.#sockets?.kubernetes;
    if (access === undefined) throw new CliError(EXIT.environment, 'the Kubernetes API does not listen yet');
    return { files: this.#files, access, now: () => this.cluster.clock.now() };
  }

  async #open(): Promise<Sockets> {
    const { flags, given, environment, console } = this.#parts;
    this.#sockets = await openSockets({
      cluster: this.cluster,
      actions: this.#actions,
      flags,
      given,
      environment,
      findings: () => this.#reports.findings(),
      onReader: (reader) => console.reader(reader),
      onProblem: (problem) => console.problem(problem),
      onError: (error) => console.problem({ reason: 'InternalError', message: String(error) }),
      onLoadBalancer: (balancer) => {
        const service = `${balancer.namespace}/${balancer.name}`;
        this.#teller.announced({ ...balancer, ingress: this.cluster.edge.ingressLoadBalancer()?.service === service });
      },
    });
    return this.#sockets;
  }

  /** Something was changed on purpose. */
  #changed(applied?: Applied): void {
    const { console } = this.#parts;
    if (applied !== undefined) {
      for (const error of applied.errors) console.problem(error);
      console.applied(applied.outcomes);
      console.gone(applied.gone);
      if (applied.settingsDiffer) console.note("The Scenario's settings count from the next start on.");
    }
    this.#settle.changed();
  }

  async #judged(): Promise<void> {
    this.cluster.manifests.giveUp();
    const reports = await this.#reports.load();
    if (this.#stopped === undefined) this.#teller.judged(reports.findings());
  }
}
