import type { Task, TaskFailure } from './task.ts';
import { isFailure, Seat, type SeatOptions } from './worker-seat.ts';

/** How workers are started, and what one may use. */
export interface PoolOptions extends SeatOptions {
  readonly jobs: number;
  /** Submissions that one worker grades before another takes its place. */
  readonly lifetime: number;
}

/** Takes what became of each task; the next is handed out when it has resolved. */
export type OnDone<Outcome> = (task: Task, outcome: Outcome | TaskFailure) => Promise<void>;

/**
 * Hands tasks to worker threads, one at a time each. A worker that dies, hangs or needs too much memory costs the submission
 * that it had, and nothing else: another takes its place.
 * @throws Error when a worker cannot even start
 */
export async function runPool<Outcome>(
  tasks: Iterable<Task>,
  options: PoolOptions,
  onDone: OnDone<Outcome>,
): Promise<void> {
  const queue = tasks[Symbol.iterator]();
  await Promise.all(Array.from({ length: options.jobs }, () => workThrough(queue, options, onDone)));
}

async function workThrough<Outcome>(
  queue: Iterator<Task>,
  options: PoolOptions,
  onDone: OnDone<Outcome>,
): Promise<void> {
  let seat: Seat<Task, Outcome> | undefined;
  try {
    for (let next = queue.next(); next.done !== true; next = queue.next()) {
      seat ??= await Seat.start<Task, Outcome>(options);
      const outcome = await seat.work(next.value);
      if (isFailure(outcome) || seat.worked >= options.lifetime) {
        await seat.leave();
        seat = undefined;
      }
      await onDone(next.value, outcome);
    }
  } finally {
    await seat?.leave();
  }
}
