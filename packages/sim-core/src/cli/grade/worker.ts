import { nodeCertificates } from '../../host/certificates.ts';
import { serveTasks } from '../../host/grader/serve-tasks.ts';
import { gradeHeld, type HeldAnswer } from '../../lesson/grade-held.ts';
import { taskGrader } from './grade-submission.ts';
import { readyExercise } from './ready-exercise.ts';
import { featureReader } from './similarity.ts';
import type { WorkerOrder } from './workers.ts';

/** What runs in a worker thread: the same exercise, read once, for one submission after the other. */
export function gradeInWorker({ exercise, path, job }: WorkerOrder): void {
  const ready = readyExercise(exercise);
  const machine = { certificates: nodeCertificates, wallNow: Date.now };
  if (job === 'grade') serveTasks(taskGrader(ready, path));
  else if (job === 'features') serveTasks(featureReader(ready, path));
  else serveTasks((held: HeldAnswer) => gradeHeld(ready.library.forStudent(''), held, machine));
}
