import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RequestTrace, SplitRow, WireObject } from '../wire.ts';
import { evaluate, lessonState } from './evaluate.ts';
import type { LessonFacts } from './lesson.ts';
import { canary } from './lessons/canary.ts';
import { LESSONS } from './lessons/index.ts';

const READY = { kind: 'LoadBalancer', ingress: true, state: 'ready', hostname: 'lb', reason: '' } as WireObject;
const row = (weight: number, n: number, verdict: SplitRow['verdict'] = 'consistent') =>
  ({ weight, weightTotal: 100, n, canary: n / 5, verdict }) as SplitRow;

function facts(split: SplitRow[], service = 'default/netflix-frontend'): LessonFacts {
  return { objects: [READY], split, route: async () => ({ service, status: 200, summary: '' }) as RequestTrace };
}

const results = async (given: LessonFacts) => (await evaluate(canary, given)).map(({ result }) => result);

describe('objectives of a lesson', () => {
  test('are reached one by one, and taken back when they are undone', async () => {
    expect(await results(facts([row(5, 3000)]))).toEqual(['pass', 'not-yet', 'blocked', 'not-yet']);
    expect(await results(facts([row(20, 100)]))).toEqual(['pass', 'pass', 'not-yet', 'not-yet']);
    expect(await results(facts([row(20, 2000)], 'default/netflix-frontend-canary'))).toEqual(
      Array.from({ length: 4 }, () => 'pass'),
    );
    expect(await results(facts([row(20, 5000, 'not consistent')]))).toEqual(['pass', 'pass', 'not-yet', 'not-yet']);
    const [, weight] = await evaluate(canary, facts([row(7, 0)]));
    expect(weight).toMatchObject({ result: 'not-yet', message: 'canary-weight is 7, not 20.' });
  });

  test('what cannot be looked at is never “not yet”', async () => {
    const broken = { ...facts([row(20, 2000)]), route: () => Promise.reject(new Error('no answer')) };
    const [, , , header] = await evaluate(canary, broken);
    expect(header).toMatchObject({ result: 'could-not-check', message: 'no answer' });
  });

  test('every lesson has a scenario; ids, hints and required objectives are there', async () => {
    const scenarios = readdirSync(join(import.meta.dirname, '../../../../scenarios'));
    const names = scenarios.flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -5)] : []));
    for (const { id } of LESSONS) expect(names).toContain(id);
    for (const { objectives } of LESSONS) {
      const ids = objectives.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { requires = [], hints } of objectives) {
        expect(hints.length).toBeGreaterThan(0);
        expect(ids).toEqual(expect.arrayContaining([...requires]));
      }
    }
    expect((await lessonState('canary', facts([])))?.next).toEqual({ id: 'canary-header', title: 'Chosen users only' });
    expect(await lessonState('nothing', facts([]))).toBeUndefined();
  });
});
