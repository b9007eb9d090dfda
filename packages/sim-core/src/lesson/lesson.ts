import type { ObjectiveState, RequestTrace, SplitRow, WireObject } from '../wire.ts';

/** What a lesson looks at: the cluster as the page sees it, what was measured, and where requests would go. */
export interface LessonFacts {
  readonly objects: readonly WireObject[];
  readonly split: readonly SplitRow[];
  /** Follows a request without sending it. @throws where nobody can say */
  route(path: string, headers?: Readonly<Record<string, string>>, scheme?: 'http' | 'https'): Promise<RequestTrace>;
}

/** How an objective stands. `could-not-check` is never said here: it is what a check that throws means. */
export type Verdict =
  | { readonly passed: true; readonly message: string }
  | {
      readonly passed: false;
      /** What is missing, in words that lead on. */
      readonly message: string;
      readonly progress?: ObjectiveState['progress'];
    };

/** One thing to reach; it is looked at again and again, so that undoing it takes it back. */
export interface Objective {
  readonly id: string;
  readonly title: string;
  /** Objectives without which this one means nothing. */
  readonly requires?: readonly string[];
  /** From a nudge to the answer. */
  readonly hints: readonly string[];
  check(facts: LessonFacts): Verdict | Promise<Verdict>;
}

/** A scenario with something to do in it. */
export interface Lesson {
  /** Name of its scenario. */
  readonly id: string;
  readonly title: string;
  /** Under three lines. */
  readonly story: string;
  readonly objectives: readonly Objective[];
}

export function passed(message: string): Verdict {
  return { passed: true, message };
}

export function notYet(message: string, progress?: ObjectiveState['progress']): Verdict {
  return { passed: false, message, ...(progress && { progress }) };
}
