import { serveTasks } from '../../host/grader/serve-tasks.ts';
import { taskGrader } from './grade-submission.ts';
import { readyExercise } from './ready-exercise.ts';
import type { WorkerOrder } from './workers.ts';

/** What runs in a worker thread: the same exercise, read once, for one submission after the other. */
export function gradeInWorker({ exercise, path }: WorkerOrder): void {
  serveTasks(taskGrader(readyExercise(exercise), path));
}
