import { missing, type ResultHead, unchecked } from '../../grader/class/unchecked.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { failureWords, type Grade, type Task, type TaskFailure, type TaskOutcome } from './task.ts';
import { type PoolOptions, runPool } from './worker-pool.ts';
import { isFailure } from './worker-seat.ts';

/** How a class is graded. */
export interface BatchOrder {
  readonly tasks: readonly Task[];
  readonly journal: Journal;
  /** What results of a student say of the exercise. */
  headOf(id: string): ResultHead;
  /** Ids that are graded again although nothing has changed. */
  readonly again: readonly string[];
  /** Worker threads, or a grader in this very thread. */
  readonly workers: PoolOptions | Grade;
  /** Called when a student's result is on the disk, with the number of those that are done. */
  onProgress(
    entry: Pick<JournalEntry, 'status'> & { readonly id: string; readonly isNew: boolean },
    done: number,
  ): void;
}

/** Grades every task that the journal does not have as it is now. Resolves when all results are on the disk. */
export async function gradeClass(order: BatchOrder): Promise<void> {
  const { tasks, journal } = order;
  let done = 0;
  const onDone = async (task: Task, outcome: TaskOutcome | TaskFailure) => {
    const entry =
      outcome === 'unchanged' ? undefined : isFailure(outcome) ? failed(order.headOf(task.id), task, outcome) : outcome;
    if (entry !== undefined) await journal.append(entry);
    const status = entry?.status ?? journal.note(task.id)?.status ?? 'graded';
    order.onProgress({ id: task.id, status, isNew: entry !== undefined }, ++done);
  };
  for (const task of tasks.filter(({ path }) => path === undefined)) await onDone(task, missingOutcome(order, task));
  const known = tasks
    .filter(({ path }) => path !== undefined)
    .map((task) => (order.again.includes(task.id) ? task : withKnown(task, journal)));
  await (typeof order.workers === 'function'
    ? inThisThread(known, order.workers, onDone)
    : runPool<TaskOutcome>(known, order.workers, onDone));
}

/** A student who handed nothing in. */
function missingOutcome({ headOf, journal }: BatchOrder, { id, name }: Task): TaskOutcome {
  if (journal.note(id)?.status === 'missing') return 'unchanged';
  return {
    result: missing(headOf(id), id),
    status: 'missing',
    fingerprint: 'missing',
    ...(name !== undefined && { name }),
  };
}

function withKnown(task: Task, journal: Journal): Task {
  const note = journal.note(task.id);
  // What overran once may do better on a machine that has less to do.
  return note === undefined || note.fingerprint === 'failed' ? task : { ...task, known: note.fingerprint };
}

function failed(head: ResultHead, { id, name }: Task, failure: TaskFailure): JournalEntry {
  const submission = { id, digest: '', files: [] };
  return {
    result: unchecked(head, submission, failureWords(failure)),
    status: 'could-not-check',
    fingerprint: 'failed',
    ...(name !== undefined && { name }),
  };
}

async function inThisThread(
  tasks: readonly Task[],
  grade: Grade,
  onDone: (task: Task, outcome: TaskOutcome | TaskFailure) => Promise<void>,
) {
  for (const task of tasks) {
    const outcome = await grade(task).catch((error: Error): TaskFailure => ({ kind: 'died', message: error.message }));
    await onDone(task, outcome);
  }
}
