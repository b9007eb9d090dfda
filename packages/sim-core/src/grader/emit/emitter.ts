import type { GradeResult } from '../result.ts';

/**
 * Who reads what is printed. A `student` sees the checks that are visible now; every trace of the others is taken out before
 * an emitter sees the result. An `instructor` sees all.
 */
export type Audience = 'student' | 'instructor';

/** One submission of a class, and how it went. */
export interface Graded {
  readonly result: GradeResult;
  /** `missing`: on the roster, and nothing was handed in. `could-not-check`: a person has to look. */
  readonly status: 'graded' | 'could-not-check' | 'missing';
  /** What the roster calls the student, where it says more than the id. */
  readonly name?: string;
}

/** The same submission with another result: who has to be looked at follows from what is open in it. */
export function withResult<T extends Pick<Graded, 'status'>>(graded: T, result: GradeResult): T & Graded {
  const status = graded.status === 'missing' ? 'missing' : statusOf(result);
  return { ...graded, result, status };
}

/** How it went with what was handed in. */
export function statusOf({ ungraded }: GradeResult): Exclude<Graded['status'], 'missing'> {
  return ungraded > 0 ? 'could-not-check' : 'graded';
}

/** What an emitter has to know besides the results. */
export interface EmitContext {
  readonly audience: Audience;
  /** Whether a class is graded or one submission; a class may have one member. */
  readonly isClass: boolean;
  /** Where paths of a submission begin for whoever reads the report: `k8s/` for a repository whose part was graded. */
  readonly pathPrefix: string;
  /** Variables that platforms set for graders; see the emitters. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** When it is printed, `2026-01-01T00:00:00Z`; only for formats that cannot do without. */
  readonly now: string;
  /** How to see it again: a line to type, and the manifests to type it with. */
  replay(result: GradeResult): Replay;
}

/** How a reader sees a submission at work. */
export interface Replay {
  readonly command: string;
  /** The submission as one file of manifests, where it is at hand. */
  readonly manifests?: string;
}

/**
 * A format: one file in this folder, one row in `index.ts`. Emitters are pure, and yield their text piece by piece, so that a
 * class of any size needs no more memory than one student.
 */
export interface Emitter {
  /** As the command line calls it. */
  readonly name: string;
  /** One sentence for the help. */
  readonly summary: string;
  /** Of the file, with its dot. */
  readonly extension: string;
  /** Whether one file holds a class, or one student only. */
  readonly holds: 'class' | 'one';
  emit(graded: Iterable<Graded>, context: EmitContext): Iterable<string>;
}
