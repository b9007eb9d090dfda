import { unchecked } from '../../../grader/class/unchecked.ts';
import { ENGINE } from '../../../grader/engine.ts';
import type { Cluster } from '../../../index.ts';
import type { HeldAnswer } from '../../../lesson/grade-held.ts';
import { type HeldFiles, type HoldingCluster, ManifestReader } from '../../../lesson/held-manifests.ts';
import { Lesson, type LessonParts } from '../../../lesson/lesson.ts';
import { openSoundExercise } from '../../exercise/exercise-on-disk.ts';
import { workerPool } from '../../grade/workers.ts';
import { LessonWorker } from './lesson-worker.ts';

/** The lesson of a run. */
export interface OpenLesson {
  readonly lesson: Lesson;
  close(): Promise<void>;
}

/** The running cluster, and which of its files mean what. */
export interface LessonSurroundings extends HeldFiles, Pick<LessonParts, 'beganWithAnswer'> {
  readonly cluster: HoldingCluster &
    Pick<Cluster, 'clock'> & { readonly manifests: Pick<Cluster['manifests'], 'waiting'> };
}

/**
 * Opens the lesson of an exercise beside a running cluster; what the cluster holds is graded in a thread of its own.
 * @param path of the exercise's folder or document, or the name of one that comes with the package
 * @throws CliError refused, when it cannot be read
 */
export function openLesson(path: string, { cluster, beganWithAnswer, ...files }: LessonSurroundings): OpenLesson {
  const { library } = openSoundExercise(path);
  const { pack } = library.forStudent('');
  const { exercise, digest } = pack;
  const { name, title, seed, checks, timeLimit } = exercise;
  const worker = new LessonWorker(workerPool({ exercise: { path }, job: 'held' }, { jobs: 1, wall: timeLimit.wall }));
  const head = { engine: ENGINE, exercise: { name, title, digest }, seed, cluster: 'simulated', checks };
  const grade = (answer: HeldAnswer) =>
    worker
      .grade(answer)
      .catch((error: Error) => unchecked(head, { id: 'the cluster', digest: '', files: [] }, error.message));
  const reader = new ManifestReader(cluster, files);
  const lesson = new Lesson({
    text: exercise,
    checks: checks.flatMap(({ id, title, points, visibility }) =>
      visibility === 'visible' ? [{ id, title, max: points }] : [],
    ),
    beganWithAnswer,
    read: () => reader.read(),
    isApplying: () => cluster.manifests.waiting(false).length > 0,
    grade: ({ files, missing }) => grade({ files, missing }),
    now: () => cluster.clock.now(),
    after: (milliseconds, callback) => void setTimeout(callback, milliseconds).unref(),
  });
  return { lesson, close: () => worker.close() };
}
