import { serveTasks } from '../../host/grader/serve-tasks.ts';
import { taskGrader } from './grade-submission.ts';
import { readyExercise } from './ready-exercise.ts';
import { featureReader } from './similarity.ts';
import type { WorkerOrder } from './workers.ts';

/** What runs in a worker thread: the same exercise, read once, for one submission after the other. */
export function gradeInWorker({ exercise, path, job }: WorkerOrder): void {
  const ready = readyExercise(exercise);
  if (job === 'grade') serveTasks(taskGrader(ready, path));
  else serveTasks(featureReader(ready, path));
}
