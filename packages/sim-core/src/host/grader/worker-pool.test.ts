import { describe, expect, it } from 'vitest';
import type { Task, TaskFailure, TaskOutcome } from './task.ts';
import { type PoolOptions, runPool } from './worker-pool.ts';
import { Seat } from './worker-seat.ts';

/** A worker that does what the task's id says. */
const SOURCE = `
const { parentPort } = require('node:worker_threads');
const hog = [];
parentPort.on('message', (task) => {
  if (task.id.startsWith('hang')) for (;;);
  if (task.id.startsWith('die')) process.exit(7);
  if (task.id.startsWith('throw')) throw new Error('thrown');
  if (task.id.startsWith('memory')) for (;;) hog.push(new Array(100000).fill({}));
  if (task.id.startsWith('fail')) return parentPort.postMessage({ kind: 'failed', message: 'a bug' });
  parentPort.postMessage({ kind: 'done', outcome: 'unchanged' });
});
parentPort.postMessage({ kind: 'ready' });
`;

const OPTIONS: PoolOptions = {
  jobs: 2,
  wall: 3_000,
  heap: 32,
  lifetime: 100,
  start: 20_000,
  program: { source: SOURCE, data: undefined },
};

async function outcomes(ids: readonly string[], options: Partial<PoolOptions> = {}) {
  const found = new Map<string, TaskOutcome | TaskFailure>();
  const onDone = async (task: Task, outcome: TaskOutcome | TaskFailure) => {
    expect(found.has(task.id)).toBe(false);
    found.set(task.id, outcome);
  };
  await runPool(
    ids.map((id) => ({ id })),
    { ...OPTIONS, ...options },
    onDone,
  );
  return Object.fromEntries(found);
}

describe('runPool', () => {
  it('hands out every task once', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `ok${index}`);
    expect(Object.keys(await outcomes(ids, { lifetime: 4 })).sort()).toEqual([...ids].sort());
  });

  it('lets a worker that dies, hangs, throws or needs too much memory cost one task only', async () => {
    const found = await outcomes(['ok1', 'hang', 'ok2', 'die', 'ok3', 'throw', 'ok4', 'memory', 'ok5', 'fail', 'ok6']);
    expect(found).toMatchObject({
      hang: { kind: 'hung', seconds: 3 },
      die: { kind: 'died', message: 'exit code 7' },
      throw: { kind: 'died', message: 'thrown' },
      memory: { kind: 'memory' },
      fail: { kind: 'died', message: 'a bug' },
    });
    for (const id of ['ok1', 'ok2', 'ok3', 'ok4', 'ok5', 'ok6']) expect(found[id]).toBe('unchanged');
  });

  it('says that workers cannot start at all, instead of failing everybody', async () => {
    const program = { source: 'throw new Error("no such module")', data: undefined };
    await expect(outcomes(['a', 'b'], { program })).rejects.toThrow('a worker thread cannot start: no such module');
  });
});

it('a seat that is left in the middle of a task says so', async () => {
  const seat = await Seat.start<Task, TaskOutcome>(OPTIONS);
  const outcome = seat.work({ id: 'hang' } as Task);
  await seat.leave();
  expect(await outcome).toEqual({ kind: 'died', message: 'it was ended' });
});
