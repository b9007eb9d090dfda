import type { SourceFile } from './apply.ts';
import type { DoctorFinding } from './doctor-finding.ts';
import type { WireEvent } from './event.ts';
import type { WireObject } from './objects.ts';
import type { SplitRow } from './split.ts';
import type { CostLine, WireStatus } from './status.ts';
import type { TimelineStep } from './timeline.ts';
import type { TraceSample } from './trace.ts';
import type { LoadState, WireFlow } from './traffic.ts';

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
      flows: (readonly [id: number, n: number, errors: number])[];
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
