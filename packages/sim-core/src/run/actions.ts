import type {
  AnnotationDoc,
  AppliedObject,
  ApplyProblem,
  KubectlCommands,
  LessonList,
  LessonState,
  NginxConf,
  NginxConfQuery,
  ObjectName,
  RequestTrace,
  SourceFile,
} from '../wire.ts';

/** What applying manifests did; `errors` means that these documents were refused. */
export interface ApplyOutcome {
  readonly rev: number;
  readonly objects: readonly AppliedObject[];
  readonly errors: readonly ApplyProblem[];
}

/** A text of manifests. */
export interface ManifestText {
  /** Name that messages show; one that nobody else has without it. */
  readonly file?: string;
  /** Where it lies on this machine, absolute: the run may have it among its own files. */
  readonly path?: string;
  readonly text: string;
}

/** A request that `explain` thinks through without sending it. */
export interface ExplainRequest {
  /** GET without it, or that of the request in `like`. */
  readonly method?: string;
  /** Absolute; left out only with `like`. */
  readonly url?: string;
  readonly headers: Record<string, string>;
  /**
   * Id of a request that was sent: its method, URL, headers, cookies, client and draw stand where nothing else is said.
   */
  readonly like?: number;
}

/** Where a line of kubectl writes, and what ends it early. */
export interface KubectlStreams {
  readonly signal: AbortSignal;
  stdout(text: string): void;
  stderr(text: string): void;
}

/** Where an object's manifest stands in a file of the run, draft or not. */
export interface ManifestPlace {
  readonly file: string;
  /** Text of the file's draft, or of the file without one. */
  readonly text: string;
  /** Document in that text, from 0, as `manifest/` counts them. */
  readonly index: number;
  /** Leads to the item inside a `List`; empty otherwise. */
  readonly path: readonly (string | number)[];
}

/** The lesson of a run, and those that can take its place. */
export interface LessonActions {
  /** How it stands; undefined where the run is about none. */
  state(): LessonState | undefined;
  /** Looks once more; resolves when it has. */
  check(): Promise<LessonState | undefined>;
  /** The neutral result of the grader, as learners may see it; undefined before the first look. */
  result(): unknown;
  list(): LessonList;
  /** Puts what a lesson begins with in the place of everything of the user's; returns the revision afterwards. */
  load(id: string): number;
}

/**
 * What belongs to a run and not to its cluster: files with their drafts, applying with positions, words for decisions.
 * Every function may throw a `StatusError`, whose status and message become the answer.
 */
export interface ControlActions {
  /** Applies texts together, as `kubectl apply -f` does, and settles; a dry run only checks. */
  apply(texts: readonly ManifestText[], options: { dryRun: boolean }): ApplyOutcome;
  /** The user's objects as YAML that could be applied again. */
  export(): string;
  /**
   * Deletes an object in the background; returns the revision afterwards. Without an apiVersion the kind is a word as
   * kubectl takes it, `ing`.
   */
  delete(object: ObjectName & { apiVersion: string }): number;
  /** Brings the cluster back to what the files say; returns the revision afterwards. */
  reset(): number;
  /** Sets spec.replicas in the cluster, and in no file; returns the revision afterwards. */
  scale(namespace: string, name: string, replicas: number): number;
  /** Ends a container's program, as a crash does; returns the revision afterwards. */
  crash(namespace: string, name: string): number;
  files(): readonly SourceFile[];
  /** Where the manifest of an object stands; undefined when it came from no file. */
  placeOf(object: ObjectName): ManifestPlace | undefined;
  /** Keeps `text` as the draft of a file and applies it. Nothing is kept when it is refused. */
  applyDraft(file: string, text: string): ApplyOutcome;
  /**
   * Writes the draft of a file to the disk, letter by letter.
   * @param text the draft as whoever saves has seen it
   * @throws StatusError conflict when the draft is another one by now, or the file on the disk is
   */
  save(file: string, text: string): void;
  /** Sets an annotation of an object that stands in no file; returns the revision afterwards. */
  annotate(object: ObjectName, annotation: string, value: string): number;
  /** The record of a request in words; 'evicted' when newer requests took its place. */
  trace(id: number): RequestTrace | 'evicted' | undefined | Promise<RequestTrace | 'evicted' | undefined>;
  /** Where a request would go, and why. */
  explain(request: ExplainRequest): RequestTrace | Promise<RequestTrace>;
  /** nginx.conf of the running controller; undefined when none runs. */
  nginxConf(query: NginxConfQuery): NginxConf | undefined | Promise<NginxConf | undefined>;
  /** Runs a line of the built-in kubectl; resolves with its exit code. */
  kubectl(argv: readonly string[], streams: KubectlStreams): Promise<number>;
  /** What kubectl knows, to complete a line. */
  kubectlCommands(): Promise<KubectlCommands>;
  /** `components.schemas` of the API server's OpenAPI document for a group and version. @throws StatusError */
  schemas(groupVersion: string): Promise<unknown>;
  /** Every annotation that the controller knows. */
  annotations(): readonly AnnotationDoc[];
  /** Their code is loaded when somebody asks first. */
  lessons(): Promise<LessonActions>;
  /** Sends requests through the edge, one after the other; ids of their decision records, in order. */
  send(request: { url: string; headers: Record<string, string>; count: number }): Promise<readonly number[]>;
}
