import type { LessonState } from '@k8s-ingress-sandbox/sim-core/wire';
import { expect, test } from 'vitest';
import { createStore } from '../state/store.ts';
import { ManualTimers } from '../testing/manual-timers.ts';
import type { Transport } from '../transport/transport.ts';
import { LessonSession } from './lesson-session.ts';

test('a lesson is looked at again and again, but not while nobody sees the page', async () => {
  const timers = new ManualTimers();
  const store = createStore();
  let looks = 0;
  const transport = { call: async () => ({ id: `${++looks}`, objectives: [] }) as unknown as LessonState };
  const lesson = new LessonSession(transport as unknown as Transport, timers, store);
  store.ready.value = true;
  await timers.advance(250);
  await timers.advance(2000);
  expect(looks).toBe(2);
  lesson.rest();
  store.parts.rev.value = 7;
  await timers.advance(60_000);
  expect(looks).toBe(2);
  await lesson.look();
  await timers.advance(2000);
  expect(looks).toBe(4);
});
