import type {
  FeedCommand,
  FeedMessage,
  LessonList,
  LessonState,
  ObjectName,
  PastState,
  RequestTrace,
  Snapshot,
  SplitRow,
  TraceSample,
  WeightAnswer,
} from '@k8s-ingress-sandbox/sim-core/wire';

/** Where a feed starts: the run that we know, and the last message of it that we saw. */
export interface FeedPosition {
  readonly epoch: string;
  readonly seq: number;
}

export interface FeedListener {
  opened(): void;
  message(message: FeedMessage): void;
  /** Called once; nothing comes after it. */
  closed(): void;
}

export interface Feed {
  send(command: FeedCommand): void;
  close(): void;
}

export interface WeightChange {
  readonly namespace: string;
  readonly ingress: string;
  readonly weight: number;
}

export interface LoadOrder {
  readonly url: string;
  /** Requests a second. */
  readonly rate: number;
  readonly headers?: Record<string, string>;
  /** Shown to everybody who watches. */
  readonly startedBy?: string;
}

export interface SendOrder {
  readonly count: number;
  readonly url?: string;
  readonly headers?: Record<string, string>;
}

/**
 * The page's only way to a cluster: today a server, later an engine in the page itself. Every promise may be rejected
 * with a {@link TransportError}.
 */
export interface Transport {
  snapshot(): Promise<Snapshot>;
  feed(position: FeedPosition, listener: FeedListener): Feed;
  trace(id: number): Promise<RequestTrace>;
  /** The newest requests up to one of them, newest first. */
  traces(until: number): Promise<TraceSample[]>;
  /** How the cluster was at a step of the timeline. */
  past(step: number): Promise<PastState>;
  setWeight(change: WeightChange): Promise<WeightAnswer>;
  send(order: SendOrder): Promise<{ ids: number[] }>;
  startLoad(order: LoadOrder): Promise<{ id: string }>;
  stopLoad(id: string): Promise<void>;
  deleteObject(apiVersion: string, object: ObjectName): Promise<void>;
  crash(namespace: string, name: string): Promise<void>;
  scale(namespace: string, name: string, replicas: number): Promise<void>;
  /** Moves cluster time forward by so many milliseconds. */
  skip(milliseconds: number): Promise<void>;
  /** How the lesson of this run stands; refused where there is none. Looks at what has changed, and says so meanwhile. */
  lesson(): Promise<LessonState>;
  /** The same, looked at once more. */
  checkLesson(): Promise<LessonState>;
  /** The grader's neutral result that the lesson's state was made from. */
  lessonResult(): Promise<LessonResult>;
  lessons(): Promise<LessonList>;
  /** Puts what a lesson begins with in the place of everything of the user's. */
  loadLesson(id: string): Promise<void>;
  /** Requests in virtual time to a cluster of its own; only where the engine is in the page. */
  simulate?(requests: number): Promise<SimulatedSplit>;
  /** A call of the control API that only one panel makes; `path` from `/api/v1` on. */
  call<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T>;
  /** A POST whose answer comes a line at a time, each a JSON value. Resolves at its end, or when `signal` ends it. */
  lines<T>(path: string, body: unknown, onLine: (line: T) => void, signal: AbortSignal): Promise<void>;
}

/** A result of the grader (schemas/grade-result.schema.json), as it is exported. */
export type LessonResult = Readonly<Record<string, unknown>>;

/** What requests in virtual time came to. */
export interface SimulatedSplit {
  readonly requests: number;
  readonly answered: number;
  readonly seed: string;
  readonly split: readonly SplitRow[];
}

/**
 * `unauthorized`: no session. `evicted`: the record is gone from the server's ring. `refused`: the server said no, in
 * its own words. `unreachable`: no answer at all.
 */
export type TransportProblem = 'unauthorized' | 'evicted' | 'refused' | 'unreachable';

export class TransportError extends Error {
  readonly problem: TransportProblem;
  /** The whole answer, where it was JSON. */
  readonly answer: unknown;

  constructor(problem: TransportProblem, message: string, answer?: unknown) {
    super(message);
    this.name = 'TransportError';
    this.problem = problem;
    this.answer = answer;
  }
}
