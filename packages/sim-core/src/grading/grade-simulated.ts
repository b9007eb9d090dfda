import { grade } from '../grader/grade.ts';
import type { GradeResult } from '../grader/result.ts';
import type { Submission } from '../grader/submission.ts';
import type { Certificates } from './certificates.ts';
import type { LoadedExercise } from './load-exercise.ts';
import { simulatedGround } from './simulated-ground.ts';

/** What grading in the simulated cluster needs from the machine. */
export interface Machine {
  readonly certificates: Certificates;
  /** Real time, milliseconds since the epoch. */
  wallNow(): number;
}

/** Grades a submission in the simulated cluster. */
export function gradeSimulated(
  { pack, settings, documents }: LoadedExercise,
  submission: Submission,
  machine: Machine,
): Promise<GradeResult> {
  return grade(pack, submission, simulatedGround({ settings, documents, ...machine }));
}
