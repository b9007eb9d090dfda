import type { DoctorFinding } from './doctor-finding.ts';
import type { ObjectName, SourcePosition } from './names.ts';

/** One step of a request's way, in the words of its decision record. */
export interface TraceHop {
  step:
    | 'load-balancer'
    | 'node-port'
    | 'configuration'
    | 'server'
    | 'location'
    | 'cors'
    | 'redirect'
    | 'rewrite'
    | 'canary'
    | 'upstream'
    | 'limit'
    | 'access'
    | 'mirror'
    | 'endpoint'
    | 'error-page'
    | 'headers'
    | 'settings'
    | 'answer';
  /** What was chosen. */
  title: string;
  /** Why, in a sentence. */
  why: string;
  /** The alternatives that lost, each with its reason. */
  beat: string[];
  /** What belongs to the step besides, a line each: every try, every header. */
  details?: string[];
  /** Ids of the map's boxes that this hop touches: `lb:<uid>`, `node:<name>`, `pod:<uid>`, `ingress:<uid>`, `service:<uid>`. */
  nodes: string[];
  object?: ObjectName;
  /** Field of the object that decided. */
  field?: string;
  source?: SourcePosition;
}

/** A decision record made readable. */
export interface RequestTrace {
  id: number;
  /** Request time of arrival. */
  at: number;
  origin: 'client' | 'load';
  method: string;
  scheme: string;
  host: string;
  url: string;
  clientAddress: string;
  status: number;
  milliseconds: number;
  bytes: number;
  service: string;
  pod: string;
  /** `none`, `header`, `header-value`, `header-pattern`, `cookie`, `weight`, `no-alternative` … */
  decision: string;
  isCanary: boolean;
  /** The draw of a weight decision: drew `draw` of 1..`total`, at most `weight` is canary. */
  draw?: { draw: number; weight: number; total: number };
  /** One sentence: why it went there. */
  summary: string;
  hops: TraceHop[];
  /** What would have happened otherwise. */
  whatIf: { change: string; outcome: string }[];
  /** What to do about it, when it failed. */
  fix: string;
  /** What the doctor says of canaries that this request could have reached. */
  findings: DoctorFinding[];
  /** Where the simulation touched it in another way than a real cluster, each with its line of docs/deviations.md. */
  deviations: string[];
}

/** A request as the feed samples it: enough for a dot on the map and a line in a list. */
export interface TraceSample {
  id: number;
  at: number;
  flow: number;
  method: string;
  host: string;
  url: string;
  status: number;
  milliseconds: number;
  decision: string;
  isCanary: boolean;
  pod: string;
}
