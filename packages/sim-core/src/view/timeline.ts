import type { PastState, SplitRow, TimelineMark, TimelineStep, WireObject } from '../wire.ts';
import { keyOfObject, type TableChange } from './object-table.ts';
import { marksOf } from './timeline-marks.ts';

/** Steps that can be gone back to. */
const MOST_STEPS = 600;
/** Changed objects that all steps together keep: what they were before is what takes memory. */
const MOST_CHANGES = 20_000;
/** With more rows than this their counts are not kept for every step. */
const MOST_ROWS = 20;

interface Step {
  readonly wire: TimelineStep;
  readonly changes: readonly TableChange[];
  readonly split: readonly SplitRow[];
}

/** What a step is made of. */
export interface Moment {
  readonly rev: number;
  /** Cluster time in milliseconds. */
  readonly at: number;
  /** Id of the newest request. */
  readonly request: number;
  readonly changes: readonly TableChange[];
  /** What happened besides to what the page shows. */
  readonly marks: readonly TimelineMark[];
  readonly split: readonly SplitRow[];
}

/**
 * How the cluster came to look as it does: a step for every look that found something changed. Only what a change
 * replaced is kept, so that going back undoes changes from now on, and what nobody changed costs nothing.
 */
export class Timeline {
  readonly #steps: Step[] = [];
  #fresh: TimelineStep[] = [];
  #changes = 0;
  #lastId = 0;

  /** How many steps there have been. */
  get created(): number {
    return this.#lastId;
  }

  /** Steps that can be gone back to, oldest first. */
  steps(): TimelineStep[] {
    return this.#steps.map(({ wire }) => wire);
  }

  /** Steps since the last call, oldest first. */
  take(): TimelineStep[] {
    const taken = this.#fresh;
    this.#fresh = [];
    return taken;
  }

  /** Something changed. */
  record({ rev, at, request, changes, marks, split }: Moment): void {
    const wire: TimelineStep = { id: ++this.#lastId, rev, at, request, marks: [...marks, ...marksOf(changes)] };
    this.#steps.push({ wire, changes, split: split.length > MOST_ROWS ? [] : split });
    this.#changes += changes.length;
    this.#fresh = [...this.#fresh, wire].slice(-MOST_STEPS);
    while (this.#steps.length > MOST_STEPS || this.#changes > MOST_CHANGES) {
      this.#changes -= this.#steps.shift()?.changes.length ?? 0;
    }
  }

  /**
   * The cluster as it was at a step.
   *
   * @param now what is there now
   * @returns undefined when the step is forgotten, or never was
   */
  at(id: number, now: readonly WireObject[]): PastState | undefined {
    const index = this.#steps.findIndex(({ wire }) => wire.id === id);
    const step = this.#steps[index];
    if (step === undefined) return undefined;
    const objects = new Map(now.map((object) => [keyOfObject(object), object]));
    for (const { changes } of this.#steps.slice(index + 1).reverse()) {
      for (const { key, before } of changes) {
        if (before === undefined) objects.delete(key);
        else objects.set(key, before);
      }
    }
    return { step: step.wire, objects: [...objects.values()], split: [...step.split] };
  }
}
