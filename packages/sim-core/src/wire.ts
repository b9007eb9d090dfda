/**
 * What goes over the control API and its feed: types only, shared by the server and the page. The engine's own types
 * never cross the wire. Names follow interfaces.md ("The control API"); times are milliseconds of cluster time unless
 * said otherwise.
 */

import type { DoctorFinding } from './wire/doctor-finding.ts';
import type { ObjectName, SourcePosition } from './wire/names.ts';
import type { TraceSample } from './wire/trace.ts';

export type { WireDeviation } from './wire/deviation.ts';
export type { DoctorFinding } from './wire/doctor-finding.ts';
export type { ObjectName, SourcePosition } from './wire/names.ts';
export type { NginxConf, NginxConfLine, NginxConfQuery, NginxConfSource, NginxFile } from './wire/nginx-conf.ts';
export type { RequestTrace, TraceHop, TraceSample } from './wire/trace.ts';

export interface WireNode {
  kind: 'Node';
  uid: string;
  name: string;
  ip: string;
  ready: boolean;
  cordoned: boolean;
}

export interface WirePod {
  kind: 'Pod';
  uid: string;
  namespace: string;
  name: string;
  node: string;
  ip: string;
  /** The STATUS cell of `kubectl get pods`. */
  status: string;
  /** The READY cell, `1/1`. */
  ready: string;
  isReady: boolean;
  terminating: boolean;
  restarts: number;
  images: string[];
  labels: Record<string, string>;
  /** Name of the Deployment, Job … above it, by way of a ReplicaSet; the pod's own name without one. */
  app: string;
  /** Set for a pod that runs the ingress controller. */
  controller?: { ready: boolean; reason: string; leader: boolean; configurationRevision: number };
}

export interface WireService {
  kind: 'Service';
  uid: string;
  namespace: string;
  name: string;
  type: string;
  clusterIP: string;
  /** The PORT(S) cell, `80:31432/TCP`. */
  ports: string;
  selector: Record<string, string>;
  endpoints: { pod: string; ip: string; ready: boolean; terminating: boolean }[];
}

export interface WireIngressRule {
  host: string;
  path: string;
  pathType: string;
  service: string;
  port: string;
  source?: SourcePosition;
}

export interface WireIngress {
  kind: 'Ingress';
  uid: string;
  namespace: string;
  name: string;
  className: string;
  /** Whether a running controller serves it; if not, why. */
  served: boolean;
  reason: string;
  address: string;
  rules: WireIngressRule[];
  tlsHosts: string[];
  /** Present on a canary Ingress. `weightSource` is where the annotation stands, for the weight control. */
  canary?: {
    weight: number;
    weightTotal: number;
    header: string;
    headerValue: string;
    headerPattern: string;
    cookie: string;
    weightSource?: SourcePosition;
  };
  source?: SourcePosition;
}

export interface WireDeployment {
  kind: 'Deployment';
  uid: string;
  namespace: string;
  name: string;
  desired: number;
  ready: number;
  updated: number;
  available: number;
  images: string[];
}

/** A cloud load balancer, one per Service of type LoadBalancer. */
export interface WireLoadBalancer {
  kind: 'LoadBalancer';
  /** uid of the Service. */
  uid: string;
  namespace: string;
  name: string;
  state: 'pending' | 'ready' | 'failed' | 'deleting';
  /** Why it is pending or failed; '' when ready. */
  reason: string;
  /** Cluster time at which the address is expected, while pending. */
  readyAt?: number;
  hostname: string;
  ports: { port: number; nodePort: number; url: string }[];
  targets: { node: string; healthy: boolean }[];
  /** Whether requests for unknown hosts go here: it stands before the ingress controller. */
  ingress: boolean;
}

export type WireObject = WireNode | WirePod | WireService | WireIngress | WireDeployment | WireLoadBalancer;

export interface WireEvent {
  uid: string;
  at: number;
  type: 'Normal' | 'Warning';
  reason: string;
  object: ObjectName;
  message: string;
  count: number;
  component: string;
}

/** One row for every main host+path that has a canary. */
export interface SplitRow {
  namespace: string;
  ingress: string;
  canaryIngress: string;
  host: string;
  path: string;
  service: string;
  canaryService: string;
  weight: number;
  /** Effective total, at least 100. */
  weightTotal: number;
  sinceRevision: number;
  since: number;
  /** Weight draws since the last change of weight, header or cookie rules or backends. */
  n: number;
  canary: number;
  forcedHeader: number;
  forcedCookie: number;
  errors: number;
  /** Wilson 95 % interval of the canary's share, as fractions; null when n = 0 or sessions are sticky. */
  wilson95: [number, number] | null;
  verdict: 'too early' | 'consistent' | 'not consistent';
  alpha: number;
  sticky: boolean;
}

/** A distinct way through the map with its monotonic counters. */
export interface WireFlow {
  id: number;
  /** Ids of the boxes it passes, in order, see {@link TraceHop.nodes}. */
  nodes: string[];
  /** Whether a canary answered. */
  canary: boolean;
  n: number;
  errors: number;
}

export interface LoadState {
  id: string;
  url: string;
  rate: number;
  duration: number | null;
  headers: Record<string, string>;
  startedBy: string;
  sent: number;
  answered: number;
  failed: number;
}

export interface CostLine {
  /** Load balancers that exist. */
  loadBalancers: number;
  monthly: number;
  monthlyWithOneIngress: number;
  currency: string;
  /** Where the prices come from and of which date. */
  source: string;
  sentence: string;
}

/** What the cluster says of itself. */
export interface WireStatus {
  epoch: string;
  rev: number;
  now: number;
  speed: number;
  paused: boolean;
  seed: string;
  scenario: string;
  settled: boolean;
  waitingFor: { kind: string; namespace: string; name: string; reason: string }[];
  /** Where the simulation differs from the real thing: the three facts of the badge first, a few words each. */
  deviations: string[];
  engine: string;
  /** Where the edge really listens. */
  http: string;
  https: string;
}

/** What happened at a step of the timeline. */
export interface TimelineMark {
  kind: 'weight' | 'change' | 'pod' | 'address';
  text: string;
  /** Of a change of a split: the sample that ended with it. */
  sample?: SplitRow;
}

/** A moment that the page can go back to: the cluster was found changed. */
export interface TimelineStep {
  id: number;
  rev: number;
  at: number;
  /** Id of the newest request then. */
  request: number;
  marks: TimelineMark[];
}

/** `GET /api/v1/history/:id`: the cluster as it was at a step. */
export interface PastState {
  step: TimelineStep;
  objects: WireObject[];
  split: SplitRow[];
}

/** One thing to reach in a lesson, as it stands now. */
export interface ObjectiveState {
  id: string;
  title: string;
  /** `blocked`: another objective comes first. `could-not-check`: nobody's fault but ours. */
  result: 'pass' | 'not-yet' | 'could-not-check' | 'blocked';
  /** What was found, or what is missing. */
  message: string;
  progress?: { done: number; of: number };
  /** From a nudge to the answer. */
  hints: string[];
}

/** `GET /api/v1/lesson`. */
export interface LessonState {
  /** Name of its scenario. */
  id: string;
  title: string;
  story: string;
  objectives: ObjectiveState[];
  /** Every lesson, in order. */
  lessons: { id: string; title: string }[];
  next?: { id: string; title: string };
}

/** A file of the run as the cluster has it. */
export interface SourceFile {
  file: string;
  text: string;
  /** Whether `text` stands in no file on the disk. */
  draft: boolean;
  /** What the disk has in place of a draft. */
  saved?: string;
}

/** `GET /api/v1/snapshot`. */
export interface Snapshot {
  epoch: string;
  seq: number;
  rev: number;
  status: WireStatus;
  objects: WireObject[];
  events: WireEvent[];
  /** Oldest first. */
  timeline: TimelineStep[];
  split: SplitRow[];
  flows: WireFlow[];
  load: LoadState[];
  findings: DoctorFinding[];
  cost: CostLine;
  files: SourceFile[];
}

/** `["u", kind, object]` adds or replaces, `["x", kind, uid]` removes. */
export type DeltaOperation = ['u', WireObject['kind'], WireObject] | ['x', WireObject['kind'], string];

/** What the server sends over `WS /api/v1/feed`. */
export type FeedMessage =
  | { t: 'hello'; proto: 1; epoch: string; seq: number; role: 'control' | 'viewer'; hz: number; now: number }
  /**
   * State delta: lossless. Apply it when `prevRev` equals the own revision, also when `rev` is the same one (a port of
   * this machine is not in the store); ignore it when `rev` is not newer; else take a new snapshot.
   */
  | {
      t: 'd';
      seq: number;
      prevRev: number;
      rev: number;
      ops: DeltaOperation[];
      findings?: DoctorFinding[];
      cost?: CostLine;
      /** Every file of the run, where the text of one has changed. */
      files?: SourceFile[];
    }
  /** Metrics: monotonic totals, latest wins. `flows` holds changed counters `[id, n, errors]`. */
  | {
      t: 'm';
      seq: number;
      ts: number;
      flows: [id: number, n: number, errors: number][];
      split: SplitRow[];
      load: LoadState[];
      status: WireStatus;
    }
  /** New ways through the map. */
  | { t: 'flow'; seq: number; flows: WireFlow[] }
  /** `dropped`: how many samples this reader was not sent since it was sent some, because it fell behind or paused. */
  | { t: 'tr'; seq: number; items: TraceSample[]; dropped?: number }
  /** New steps of the timeline, oldest first. */
  | { t: 'step'; seq: number; steps: TimelineStep[] }
  | { t: 'ev'; seq: number; items: WireEvent[] }
  | { t: 'beat'; seq: number; ts: number }
  | { t: 'gone' };

/** What the page sends. */
export type FeedCommand = { t: 'ack'; seq: number } | { t: 'pause' } | { t: 'resume' };

/** One line of `POST /api/v1/apply`'s answer. */
export interface AppliedObject {
  apiVersion: string;
  kind: string;
  namespace: string;
  name: string;
  action: 'created' | 'configured' | 'unchanged';
  file: string;
  line: number;
  /** What the API server and kubectl warn of. */
  warnings: string[];
  /** What a real cluster would have refused because of the order, where that was set right. */
  retriedAfter?: string;
}

/** One line of its 422 answer. */
export interface ApplyProblem {
  message: string;
  /** What to do next; '' for nothing special. */
  hint: string;
  file: string;
  reason: string;
  field: string;
  document: number;
  line: number;
  column: number;
}

/** What `GET /api/v1/kubectl` tells of the built-in kubectl. */
export interface KubectlCommands {
  /** Commands with their flags, without dashes. */
  commands: { name: string; flags: string[] }[];
}

/** A line of `POST /api/v1/kubectl`'s answer, which goes on as long as the command does. The last one has the exit code. */
export type KubectlOutput = { out: string } | { err: string } | { exit: number };

/** What is known of an annotation of the controller. */
export interface AnnotationDoc {
  /** With its prefix. */
  name: string;
  summary: string;
  /** '' for none. */
  default: string;
  example: string;
  /** Where the simulation does less than the original; '' for nothing. */
  limits: string;
}
