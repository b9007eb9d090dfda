import type { LessonState, ObjectiveResult } from '@k8s-ingress-sandbox/sim-core/wire';
import { expect, test } from 'vitest';
import { createStore } from '../state/store.ts';
import { ManualTimers } from '../testing/manual-timers.ts';
import { type Transport, TransportError } from '../transport/transport.ts';
import { LessonSession } from './lesson-session.ts';

function watching(answer: (look: number) => LessonState | TransportError) {
  const timers = new ManualTimers();
  const store = createStore();
  let looks = 0;
  const lesson = async (): Promise<LessonState> => {
    const said = answer(++looks);
    if (said instanceof Error) throw said;
    return said;
  };
  const session = new LessonSession({ lesson, checkLesson: lesson } as unknown as Transport, timers, store);
  store.ready.value = true;
  return { timers, store, session, looks: () => looks };
}

function state(result: ObjectiveResult, isChecking = false): LessonState {
  return {
    id: 'tls',
    isChecking,
    objectives: [{ id: 'a', title: 'A', result, hints: ['x'] }],
  } as unknown as LessonState;
}

test('a lesson is asked for when the cluster has changed, and again while something is being looked at', async () => {
  const { timers, store, session, looks } = watching((look) => state('pass', look === 2));
  await timers.advance(250);
  await timers.advance(60_000);
  expect(looks()).toBe(1);
  store.parts.rev.value = 7;
  await timers.advance(250);
  expect(looks()).toBe(2);
  await timers.advance(400);
  await timers.advance(60_000);
  expect(looks()).toBe(3);
  session.rest();
  store.parts.rev.value = 8;
  await timers.advance(60_000);
  expect(looks()).toBe(3);
  session.wake();
  await timers.advance(250);
  expect(looks()).toBe(4);
});

test('who did not answer at first is asked again', async () => {
  const lost = new TransportError('unreachable', 'The sandbox does not answer.');
  const { timers, session } = watching((look) => (look === 1 ? lost : state('pass')));
  await timers.advance(250);
  expect(session.state.value).toBeUndefined();
  await timers.advance(3000);
  expect(session.state.value?.objectives).toMatchObject([{ result: 'pass' }]);
});

test('an answer that comes after a newer one changes nothing', async () => {
  const timers = new ManualTimers();
  const store = createStore();
  let answerOld = (_state: LessonState): void => {};
  const transport = {
    checkLesson: () => new Promise<LessonState>((resolve) => (answerOld = resolve)),
    lesson: async () => state('pass'),
  };
  const session = new LessonSession(transport as unknown as Transport, timers, store);
  const old = session.check();
  await session.look();
  answerOld(state('not-yet'));
  await old;
  expect(session.state.value?.objectives).toMatchObject([{ result: 'pass' }]);
});

test('who does not answer makes nothing “not yet”: nobody could check', async () => {
  const lost = new TransportError('unreachable', 'The sandbox does not answer.');
  const { timers, store, session } = watching((look) => (look === 2 ? lost : state('not-yet')));
  await timers.advance(250);
  store.parts.rev.value = 7;
  await timers.advance(250);
  expect(session.state.value?.objectives).toMatchObject([{ result: 'could-not-check', message: lost.message }]);
  await timers.advance(3000);
  expect(session.state.value?.objectives).toMatchObject([{ result: 'not-yet' }]);
});

test('a run without a lesson is not asked again before it is another one', async () => {
  const none = new TransportError('refused', 'this run has no lesson');
  const { timers, store, session, looks } = watching((look) => (look === 1 ? none : state('not-yet')));
  await timers.advance(250);
  store.parts.rev.value = 7;
  await timers.advance(60_000);
  expect(looks()).toBe(1);
  store.parts.status.value = { ...store.parts.status.value, scenario: 'tls' };
  await timers.advance(250);
  expect(session.state.value?.id).toBe('tls');
});

test('what was reached is told once', async () => {
  const { timers, store, session } = watching((look) => state(look === 1 ? 'not-yet' : 'pass'));
  await timers.advance(250);
  expect(session.reached.value).toBe('');
  store.parts.rev.value = 7;
  await timers.advance(250);
  expect(session.reached.value).toBe('A');
});
