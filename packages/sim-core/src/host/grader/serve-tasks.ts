import { parentPort } from 'node:worker_threads';
import type { WorkerMessage } from './worker-seat.ts';

/** The other end of the pool: does what it is handed, one task after the other, in this worker thread. */
export function serveTasks<Task, Outcome>(work: (task: Task) => Promise<Outcome>): void {
  const say = (message: WorkerMessage<Outcome>) => parentPort?.postMessage(message);
  parentPort?.on('message', (task: Task) => {
    work(task).then(
      (outcome) => say({ kind: 'done', outcome }),
      (error: unknown) => say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
  });
  say({ kind: 'ready' });
}
