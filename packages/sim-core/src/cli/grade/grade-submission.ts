import { unchecked } from '../../grader/class/unchecked.ts';
import { type Graded, statusOf } from '../../grader/emit/emitter.ts';
import type { RawSubmission } from '../../grader/intake/entry.ts';
import { type Intake, type IntakeOptions, takeIn } from '../../grader/intake/take-in.ts';
import type { GradeResult } from '../../grader/result.ts';
import type { JournalEntry } from '../../host/grader/journal.ts';
import { readSubmitted } from '../../host/grader/read-submitted.ts';
import type { Grade } from '../../host/grader/task.ts';
import type { ReadyExercise } from './ready-exercise.ts';

/** Grades tasks of a class, one after the other. */
export function taskGrader(exercise: ReadyExercise, part: string | undefined): Grade {
  return async ({ id, name, path = '', known }) => {
    const intake = takeIn(await readSubmitted(id, path), intakeOptions(exercise, part));
    const fingerprint = fingerprintOf(intake, exercise.variantOf(id), part);
    if (fingerprint === known) return 'unchanged';
    const result = await gradeIntake(exercise, intake);
    return {
      result,
      status: statusOf(result),
      fingerprint,
      ...(name !== undefined && { name }),
    } satisfies JournalEntry;
  };
}

/** One submission that is not part of a class. */
export async function gradeOne(
  exercise: ReadyExercise,
  raw: RawSubmission,
  part: string | undefined,
): Promise<{ readonly graded: Graded; readonly intake: Intake }> {
  const intake = takeIn(raw, intakeOptions(exercise, part));
  const result = await gradeIntake(exercise, intake);
  return { graded: { result, status: statusOf(result) }, intake };
}

function intakeOptions({ bringsController }: ReadyExercise, path: string | undefined): IntakeOptions {
  return { bringsController, path };
}

async function gradeIntake(exercise: ReadyExercise, intake: Intake): Promise<GradeResult> {
  if (intake.refused === undefined) return exercise.grade(intake);
  const { id, digest } = intake;
  const files = intake.files.map(({ path, used, reason }) => ({ path, used, ...(reason !== undefined && { reason }) }));
  return unchecked(exercise.headOf(id), { id, digest, files }, intake.refused);
}

/** What decides about a grade besides the exercise. */
function fingerprintOf({ digest, refused = '' }: Intake, variant: string, part = ''): string {
  return [digest, variant, part, refused].join(' ').trimEnd();
}
