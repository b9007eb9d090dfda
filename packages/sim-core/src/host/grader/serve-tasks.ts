import { parentPort } from 'node:worker_threads';
import type { Grade, Task } from './task.ts';
import type { WorkerMessage } from './worker-pool.ts';

/** The other end of the pool: grades what it is handed, one after the other, in this worker thread. */
export function serveTasks(grade: Grade): void {
  const say = (message: WorkerMessage) => parentPort?.postMessage(message);
  parentPort?.on('message', (task: Task) => {
    grade(task).then(
      (outcome) => say({ kind: 'done', outcome }),
      (error: unknown) => say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
  });
  say({ kind: 'ready' });
}
