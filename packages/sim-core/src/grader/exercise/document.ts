import type { Json, Visibility } from '../result.ts';

/** A hint for one check; the hints of a check are a ladder, in the order in which they stand. */
export interface Hint {
  readonly check: string;
  readonly text: string;
}

/** What `exercise test` expects of a wrong answer. */
export interface WrongAnswer {
  /** Its folder in `wrong/`. */
  readonly name: string;
  /** Points that it gets, exactly. */
  readonly score: number;
  /** Ids of the checks on which it fails: exactly these are not passed, apart from those that are blocked by them. */
  readonly fails: readonly string[];
}

/** One check of an exercise. */
export interface CheckDocument {
  readonly id: string;
  /** A few words; the kind's own where the exercise says nothing. */
  readonly title: string;
  readonly points: number;
  /** The author's own words for when it is not passed; what was found follows them. */
  readonly message?: string;
  /** Ids of checks without which this one says nothing. */
  readonly requires: readonly string[];
  readonly visibility: Visibility;
  /** Roles whose objects are replaced by the reference solution's when this check is not passed, for the checks after it. */
  readonly carryForward: readonly string[];
  /** Milliseconds that it may take. */
  readonly limit?: number;
  /** Which kind of check, and what that kind reads from it. */
  readonly kind: string;
  readonly spec: unknown;
  /** Where it stands in the document, `spec.checks[2]`. */
  readonly field: string;
}

/** An Exercise document, read: every default filled in, times in milliseconds. */
export interface Exercise {
  readonly name: string;
  readonly title: string;
  /** What the learner is asked to do. */
  readonly story: string;
  /** Path of what is there before the submission, from the document's folder; '' for nothing. */
  readonly scenario: string;
  /** Folders beside the document: what the learner begins with, and the reference solution. */
  readonly start: string;
  readonly solution: string;
  readonly bind: 'role' | 'strict';
  /** Whether objects may stand in any namespace; strict: only where they say, and that has to exist. */
  readonly namespace: 'any' | 'strict';
  readonly exported: 'clean' | 'refuse';
  readonly seed: string;
  readonly timeLimit: { readonly virtual: number; readonly wall: number };
  /** Name → values; a student gets one of each. */
  readonly variants: { readonly [name: string]: readonly Json[] };
  readonly checks: readonly CheckDocument[];
  readonly hints: readonly Hint[];
  readonly wrong: readonly WrongAnswer[];
}
