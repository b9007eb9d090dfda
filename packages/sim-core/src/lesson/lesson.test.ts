import { expect, test } from 'vitest';
import { ENGINE } from '../grader/engine.ts';
import { type CheckResult, type GradeResult, type Outcome, RESULT_SCHEMA, totals } from '../grader/result.ts';
import { VirtualClock } from '../sim/virtual-clock.ts';
import { Lesson } from './lesson.ts';

const check = (id: string, result: Outcome, more: Partial<CheckResult> = {}): CheckResult => ({
  id,
  title: id.toUpperCase(),
  result,
  points: result === 'pass' ? 10 : 0,
  max: 10,
  visibility: 'visible',
  message: `${id} is ${result}`,
  evidence: {},
  ...more,
});

function gradeResult(checks: CheckResult[]): GradeResult {
  return {
    schema: RESULT_SCHEMA,
    engine: ENGINE,
    exercise: { name: 'tls', title: 'TLS', digest: '' },
    submission: { id: 'the cluster', digest: '', files: [] },
    seed: '1',
    cluster: 'simulated',
    ...totals(checks),
    checks,
    remarks: [],
  };
}

/** A lesson over a cluster whose manifests are one word; virtual time. */
function lessonOf(judge: (held: string) => CheckResult[], beganWithAnswer = false) {
  const clock = new VirtualClock(0);
  let held = 'start';
  let isApplying = false;
  const graded: string[] = [];
  const lesson = new Lesson({
    text: { name: 'tls', title: 'TLS', story: 'Speak\n  https.' },
    checks: [{ id: 'a', title: 'A', max: 10 }],
    beganWithAnswer,
    read: () => ({ files: [], missing: [], fingerprint: held }),
    isApplying: () => isApplying,
    grade: async ({ fingerprint }) => {
      graded.push(fingerprint);
      return gradeResult(judge(fingerprint));
    },
    now: () => clock.now(),
    after: (milliseconds, callback) => void clock.after(milliseconds, callback),
  });
  const pass = async (milliseconds: number) => {
    for (let i = 0; i < milliseconds; i += 50) {
      clock.advanceTo(clock.now() + 50);
      for (let turn = 0; turn < 10; turn++) await undefined;
    }
  };
  return {
    lesson,
    graded,
    pass,
    hold: (text: string) => (held = text),
    applying: (is: boolean) => (isApplying = is),
  };
}

const byWord = (held: string) => [check('a', held === 'solved' ? 'pass' : 'not-yet', { file: 'web.yaml', line: 3 })];

test('it looks once for a change, however many ask, and not again while nothing changes', async () => {
  const { lesson, graded, pass, hold } = lessonOf(byWord);
  expect(lesson.state()).toMatchObject({ isChecking: true, objectives: [{ id: 'a', message: '' }] });
  lesson.state();
  await pass(500);
  lesson.state();
  await pass(60_000);
  expect(graded).toEqual(['start']);
  expect(lesson.state()).toMatchObject({
    isChecking: false,
    story: 'Speak https.',
    objectives: [{ result: 'not-yet', source: { file: 'web.yaml', line: 3 } }],
  });
  hold('solved');
  expect(lesson.state()).toMatchObject({ isChecking: true, objectives: [{ result: 'not-yet' }] });
  await pass(500);
  expect(lesson.state()).toMatchObject({ score: 10, max: 10, objectives: [{ result: 'pass' }], isGiven: false });
  hold('undone');
  lesson.state();
  await pass(500);
  expect(lesson.state()).toMatchObject({ objectives: [{ result: 'not-yet', message: 'a is not-yet' }] });
  expect(graded).toEqual(['start', 'solved', 'undone']);
});

test('manifests that change all the time are waited for, but not for ever; those still to be applied longer', async () => {
  const { lesson, graded, pass, hold, applying } = lessonOf(byWord);
  lesson.state();
  for (let i = 0; i < 20 && graded.length === 0; i++) {
    hold(`change ${i}`);
    await pass(200);
  }
  expect(graded).toHaveLength(1);
  applying(true);
  hold('late');
  lesson.state();
  await pass(3000);
  expect(graded).toHaveLength(1);
  applying(false);
  await pass(600);
  expect(graded).toEqual([expect.any(String), 'late']);
});

test('an objective remembers since when it stands as it does', async () => {
  const { lesson, pass, hold } = lessonOf(byWord);
  lesson.state();
  await pass(1000);
  const [first] = lesson.state().objectives;
  hold('another');
  lesson.state();
  await pass(1000);
  expect(lesson.state().objectives[0]?.since).toBe(first?.since);
  hold('solved');
  lesson.state();
  await pass(1000);
  expect(lesson.state().objectives[0]?.since).toBeGreaterThan(first?.since ?? 0);
});

test('a cluster that holds the solution from the beginning has solved nothing', async () => {
  const { lesson, pass, hold } = lessonOf(() => [check('a', 'pass')], true);
  lesson.state();
  await pass(500);
  hold('another');
  lesson.state();
  await pass(500);
  expect(lesson.state()).toMatchObject({ score: 10, max: 10, isGiven: true });
});

test('nobody hears of hidden checks: no id, no points, no reason that names them', async () => {
  const { lesson, pass } = lessonOf(() => [
    check('a', 'blocked', { blockedBy: ['secret-one'], message: 'waits for secret-one' }),
    check('secret-one', 'not-yet', { visibility: 'hidden' }),
    check('secret-two', 'pass', { visibility: 'after_due_date' }),
  ]);
  lesson.state();
  await pass(500);
  const told = JSON.stringify([lesson.state(), lesson.result]);
  expect(told.toLowerCase()).not.toContain('secret');
  expect(lesson.state()).toMatchObject({ score: 0, max: 10 });
});

test('who asks for it gets one more look', async () => {
  const { lesson, graded, pass } = lessonOf(byWord);
  lesson.state();
  await pass(500);
  const checked = lesson.check();
  await pass(500);
  expect(await checked).toMatchObject({ isChecking: false });
  expect(graded).toEqual(['start', 'start']);
});
