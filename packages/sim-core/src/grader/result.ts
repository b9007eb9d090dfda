/** Format of {@link GradeResult}; a new number for a change that old readers would misunderstand. */
export const RESULT_SCHEMA = 'sandbox.k8s-ingress.dev/grade-result/v1';

/**
 * How a check ended. `not-yet`: looked at, and not as it should be. `could-not-check`: nobody can say (an ambiguous binding, a
 * limit, a cluster that does not answer): its points are neither given nor taken. `blocked`: a check that it requires is not
 * passed yet.
 */
export type Outcome = (typeof OUTCOMES)[number];

export const OUTCOMES = Object.freeze(['pass', 'not-yet', 'could-not-check', 'blocked'] as const);

/**
 * Who sees a check. `hidden`: instructors only. `after_due_date` and `after_published`: students, from then on (in the words of
 * Gradescope).
 */
export type Visibility = (typeof VISIBILITIES)[number];

export const VISIBILITIES = Object.freeze(['visible', 'hidden', 'after_due_date', 'after_published'] as const);

/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A file of a submission and what became of it. */
export interface FileUse {
  /** As submitted, `/` between folders, without the folder that wraps everything. */
  readonly path: string;
  readonly used: boolean;
  /** Why it was not used, or what was said of it. */
  readonly reason?: string;
}

/** What one check found. */
export interface CheckResult {
  readonly id: string;
  /** What it is about, in a few words. */
  readonly title: string;
  readonly result: Outcome;
  /** Points given. */
  readonly points: number;
  /** Points that it is worth. */
  readonly max: number;
  readonly visibility: Visibility;
  /** What was found: a sentence, in the learner's names and places. */
  readonly message: string;
  /** What to do next: the first hint, or what the cluster itself advises. Absent when passed. */
  readonly hint?: string;
  /** Further hints, from a nudge to nearly the answer. */
  readonly hints?: readonly string[];
  /** Where in the submission; line and column count from 1. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Worth telling although it passed: it works for another reason than it seems to, or more than was asked stands there. */
  readonly remark?: string;
  /** Ids of the checks that stand in the way, for `blocked`. */
  readonly blockedBy?: readonly string[];
  /** What was measured and compared; every kind of check has facts of its own. */
  readonly evidence: { readonly [fact: string]: Json };
}

/** The one neutral result of grading one submission; everything that is printed anywhere is made from it. */
export interface GradeResult {
  readonly schema: typeof RESULT_SCHEMA;
  /** `k8s-ingress-sandbox 0.1.0`. */
  readonly engine: string;
  readonly exercise: {
    readonly name: string;
    readonly title: string;
    /** `sha256:…` of everything that decides about a grade: document, scenario, reference solution. */
    readonly digest: string;
  };
  readonly submission: {
    readonly id: string;
    /** `sha256:…` of paths and contents of the files that were used. */
    readonly digest: string;
    readonly files: readonly FileUse[];
  };
  readonly seed: string;
  /** What the variant of this student says, by its name. */
  readonly variant?: { readonly [name: string]: Json };
  /** Where it was graded: in the simulated cluster, or a real one's address. */
  readonly cluster: string;
  /** Points given. */
  readonly score: number;
  /** Points that could be given: those of all checks without {@link ungraded}. */
  readonly max: number;
  /** Points of checks that could not be made: out of the total, never zero. A person has to look. */
  readonly ungraded: number;
  readonly checks: readonly CheckResult[];
  /** What was done about the submission as a whole: fields of a dump taken out, a namespace made, an object replaced. */
  readonly remarks: readonly string[];
}

/** Counts points. */
export function totals(checks: readonly CheckResult[]): Pick<GradeResult, 'score' | 'max' | 'ungraded'> {
  let [score, max, ungraded] = [0, 0, 0];
  for (const check of checks) {
    if (check.result === 'could-not-check') ungraded += check.max;
    else {
      max += check.max;
      score += check.points;
    }
  }
  return { score, max, ungraded };
}

/** Given points as a share of those that could be given, 0 to 1; 0 where nothing could be checked. */
export function shareOf({ score, max }: Pick<GradeResult, 'score' | 'max'>): number {
  return max === 0 ? 0 : score / max;
}
