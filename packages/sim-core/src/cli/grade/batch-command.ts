import { availableParallelism } from 'node:os';
import { type Override, unusedOverrides } from '../../grader/class/overrides.ts';
import type { Audience } from '../../grader/emit/emitter.ts';
import { gradeClass } from '../../host/grader/batch.ts';
import type { Journal } from '../../host/grader/journal.ts';
import type { Grade, Task } from '../../host/grader/task.ts';
import type { PoolOptions } from '../../host/grader/worker-pool.ts';
import type { Output } from '../command.ts';
import { type ClassOrder, chosen, classOf } from './class-list.ts';
import { howItWent, overridesIn, resultsOf } from './class-report.ts';
import { classContext } from './context.ts';
import { taskGrader } from './grade-submission.ts';
import { type JournalOrder, openJournal } from './journals.ts';
import { type Destination, writeAll } from './outputs.ts';
import { ProgressShow, stderrProgress } from './progress.ts';
import type { ExerciseOrder, ReadyExercise } from './ready-exercise.ts';
import { writeSimilarity } from './similarity.ts';
import { workerPool } from './workers.ts';

/** What the command line says of a class. */
export interface BatchOrder extends ClassOrder {
  readonly exercise: ReadyExercise;
  /** How a worker thread gets the same exercise. */
  readonly named: ExerciseOrder;
  readonly flags: ClassOrder['flags'] &
    JournalOrder & {
      readonly jobs?: number | undefined;
      readonly overrides?: string | undefined;
      readonly similarity?: string | undefined;
      readonly path?: string | undefined;
      readonly 'memory-limit'?: number | undefined;
      readonly 'exit-zero'?: boolean | undefined;
    };
  readonly audience: Audience;
  readonly destinations: readonly Destination[];
}

/**
 * Grades a class: who is in it, the journal, the workers, and what is printed.
 * @throws CliError
 */
export async function gradeBatch(order: BatchOrder, output: Output): Promise<number> {
  const { exercise, flags } = order;
  const all = classOf(order, output);
  const tasks = chosen(all, flags);
  const overrides = overridesIn(flags.overrides);
  const journal = await openJournal(exercise.headOf(''), flags, output);
  try {
    const progress = new ProgressShow(tasks.length, stderrProgress(output));
    await gradeClass({
      tasks,
      journal,
      headOf: exercise.headOf,
      again: flags.only,
      workers: workersOf(order, tasks.length),
      onProgress: ({ isNew }, done) => progress.update(done, isNew),
    });
    progress.clear();
    if (flags.similarity !== undefined) {
      const pool = poolFor(order, all.length, 'features');
      await writeSimilarity({ exercise, tasks: all, path: flags.similarity, pool }, output);
    }
    return report(order, all, journal, overrides, output);
  } finally {
    await journal.close();
  }
}

/** Prints everything, and says how it went. @returns the exit code */
function report(
  order: BatchOrder,
  all: readonly Task[],
  journal: Journal,
  overrides: readonly Override[],
  output: Output,
): number {
  for (const line of unusedOverrides(overrides, (id) =>
    journal.note(id) ? order.exercise.exercise.checks.map((check) => check.id) : undefined,
  )) {
    output.err(`warning: ${line}`);
  }
  const graded = () => resultsOf(all, journal, overrides);
  writeAll(order.destinations, graded, classContext(order, all), output);
  return howItWent(graded(), order.audience, journal.path, order.flags['exit-zero'] === true, output);
}

function workersOf(order: BatchOrder, members: number): PoolOptions | Grade {
  const { exercise, flags } = order;
  return flags.jobs === 0 ? taskGrader(exercise, flags.path) : poolFor(order, members, 'grade');
}

function poolFor({ exercise, named, flags }: BatchOrder, members: number, job: 'grade' | 'features'): PoolOptions {
  const jobs = Math.max(1, Math.min(flags.jobs || availableParallelism(), members));
  const { wall } = exercise.exercise.timeLimit;
  return workerPool({ exercise: named, path: flags.path, job }, { jobs, wall, heap: flags['memory-limit'] });
}
