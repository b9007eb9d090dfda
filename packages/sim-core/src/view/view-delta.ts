import type {
  CostLine,
  DeltaOperation,
  DoctorFinding,
  LoadState,
  SourceFile,
  SplitRow,
  TimelineStep,
  TraceSample,
  WireEvent,
  WireFlow,
  WireStatus,
} from '../wire.ts';
import type { FlowCount } from './flows.ts';

/** What is new since the last time somebody asked. */
export interface ViewDelta {
  readonly prevRev: number;
  readonly rev: number;
  readonly ops: DeltaOperation[];
  /** Present when they changed. */
  readonly findings?: DoctorFinding[];
  readonly cost?: CostLine;
  readonly files?: SourceFile[];
  /** Ways through the map that were not there before. */
  readonly newFlows: WireFlow[];
  readonly flows: FlowCount[];
  readonly events: WireEvent[];
  readonly steps: TimelineStep[];
  readonly samples: TraceSample[];
  readonly split: SplitRow[];
  readonly load: LoadState[];
  readonly status: WireStatus;
}
