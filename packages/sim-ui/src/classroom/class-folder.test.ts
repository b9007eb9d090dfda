import type { ClassFiles } from '@k8s-ingress-sandbox/sim-core/wire';
import { expect, onTestFinished, test } from 'vitest';
import { DemoTransport } from '../testing/demo-transport.ts';
import { ManualTimers } from '../testing/manual-timers.ts';
import { TransportError } from '../transport/transport.ts';
import { followClassFolder } from './class-folder.ts';

const ADA: ClassFiles = { folder: 'results', tag: 'a', files: [{ file: 'ada.json', text: '[]' }] };
const BOTH: ClassFiles = { ...ADA, tag: 'b', files: [...ADA.files, { file: 'bob.json', text: '[]' }] };

/** A server that gives these answers, one after the other, and what was asked and taken. */
function following(...answers: (ClassFiles | undefined | Error)[]) {
  const timers = new ManualTimers();
  const asked: string[] = [];
  const taken: ClassFiles[] = [];
  const transport = Object.assign(new DemoTransport(timers), {
    call: async (_method: string, path: string) => {
      asked.push(path);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
  }) as DemoTransport;
  const end = followClassFolder({ transport, timers }, (files) => taken.push(files));
  onTestFinished(end);
  return { timers, asked, taken, end };
}

test('the folder is taken once, and again after a change', async () => {
  const { timers, asked, taken } = following(ADA, undefined, BOTH, undefined);
  await timers.advance(0);
  expect(taken).toEqual([ADA]);
  await timers.advance(6000);
  expect(taken).toEqual([ADA, BOTH]);
  expect(asked).toEqual(['/class', '/class?seen=a', '/class?seen=a', '/class?seen=b']);
});

test('what was taken stays while nobody answers, and is followed again afterwards', async () => {
  const { timers, taken } = following(ADA, new TransportError('unreachable', 'gone'), BOTH);
  await timers.advance(4000);
  expect(taken).toEqual([ADA, BOTH]);
});

test.each([
  ['there is no folder', { folder: '', tag: '', files: [] }],
  ['there is no server', new TransportError('refused', 'no server')],
])('nobody is asked again where %s', async (_, answer) => {
  const { timers, asked } = following(answer, ADA);
  await timers.advance(60_000);
  expect(asked).toEqual(['/class']);
});

test('nobody is asked once it has ended', async () => {
  const { timers, asked, taken, end } = following(ADA, BOTH);
  await timers.advance(0);
  end();
  await timers.advance(60_000);
  expect([asked, taken]).toEqual([['/class'], [ADA]]);
});
