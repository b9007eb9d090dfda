import { expect, onTestFinished, test } from 'vitest';
import { LessonWorker } from './lesson-worker.ts';

/** A worker that does what the first missing object says. */
const SOURCE = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ missing: [word] }) => {
  if (word === 'hang') for (;;);
  if (word === 'die') process.exit(7);
  if (word === 'fail') return parentPort.postMessage({ kind: 'failed', message: 'a bug' });
  parentPort.postMessage({ kind: 'done', outcome: { score: 7 } });
});
parentPort.postMessage({ kind: 'ready' });
`;

test('a thread that dies, hangs or fails is told in words, and another takes its place', {
  timeout: 60_000,
}, async () => {
  const program = { source: SOURCE, data: undefined };
  const worker = new LessonWorker({ wall: 1500, heap: 32, start: 20_000, program });
  onTestFinished(() => worker.close());
  const grade = (word: string) => worker.grade({ files: [], missing: [word] });
  expect(await grade('well')).toEqual({ score: 7 });
  await expect(grade('die')).rejects.toThrow('grading it ended early (exit code 7)');
  await expect(grade('hang')).rejects.toThrow('it took longer than 2 s and was stopped');
  await expect(grade('fail')).rejects.toThrow('grading it ended early (a bug)');
  expect(await grade('well')).toEqual({ score: 7 });
  await worker.close();
  await expect(grade('well')).rejects.toThrow('the sandbox has stopped');
});
