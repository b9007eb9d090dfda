import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PoolOptions } from '../../host/grader/worker-pool.ts';
import { packageRoot } from '../package-root.ts';
import type { ExerciseOrder } from './ready-exercise.ts';

/** What a worker thread has to know to grade as its main thread would: plain data. */
export interface WorkerOrder {
  readonly exercise: ExerciseOrder;
  /** The part of a submission that counts. */
  readonly path?: string | undefined;
  /**
   * What is done with a submission: it is graded, or what it says is listed for the comparison. `held`: what a running
   * cluster holds is graded.
   */
  readonly job: 'grade' | 'features' | 'held';
}

/** How many there are, and what one may use. */
export interface WorkerLimits {
  readonly jobs: number;
  /** Milliseconds that the exercise gives one submission. */
  readonly wall: number;
  /** Megabytes of heap. */
  readonly heap?: number | undefined;
}

/** Submissions that a worker grades before another takes its place. */
const LIFETIME = 400;
const MILLISECONDS_TO_START = 60_000;
/** What reading a submission may take besides. */
const SLACK = 10_000;
/** Megabytes of heap, where nobody says otherwise. */
export const USUAL_HEAP = 192;

/** The program of a worker: this package's bundle, loaded as the launcher loads it. */
const SOURCE = `
const { workerData } = require('node:worker_threads');
import(workerData.loader).then(({ loadBundle }) => loadBundle(workerData.dist).gradeInWorker(workerData.order));
`;

/** Worker threads that grade. */
export function workerPool(order: WorkerOrder, { jobs, wall, heap = USUAL_HEAP }: WorkerLimits): PoolOptions {
  const root = packageRoot();
  const data = { loader: pathToFileURL(join(root, 'bin', 'load-bundle.mjs')).href, dist: join(root, 'dist'), order };
  return {
    jobs,
    heap,
    wall: wall + SLACK,
    lifetime: LIFETIME,
    start: MILLISECONDS_TO_START,
    program: { source: SOURCE, data },
  };
}
