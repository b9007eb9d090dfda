import type { WireObject } from './objects.ts';
import type { SplitRow } from './split.ts';

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
