import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readResults } from '../classroom/class-results.ts';
import { Progress, type ProgressStore } from './progress.ts';

const result = (name: string, score: number) => ({
  exercise: { name, title: name.toUpperCase() },
  submission: { id: 'the cluster' },
  score,
  max: 100,
  checks: [{ id: 'a', title: 'A', result: score === 100 ? 'pass' : 'not-yet' }],
});

function memory(): ProgressStore {
  const items = new Map<string, string>();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
}

test('the best result of every exercise is kept, and outlives the tab', () => {
  const store = memory();
  const progress = new Progress(store);
  progress.record(result('tls', 100), '2026-01-01');
  progress.record(result('tls', 40), '2026-01-02');
  progress.record(result('rewrite', 40), '2026-01-02');
  const again = new Progress(store);
  expect([again.isSolved('tls'), again.isSolved('rewrite'), again.isSolved('readiness')]).toEqual([true, false, false]);
  expect(again.all.value.get('tls')).toMatchObject({ score: 100, at: '2026-01-01' });
});

test('what was exported is taken over by another browser, and read by the class grid under the name of its owner', () => {
  const mine = new Progress();
  mine.rename('Ada Lovelace');
  mine.record(result('tls', 100), '2026-01-01');
  mine.record(result('rewrite', 40), '2026-01-01');
  const theirs = new Progress(memory());
  theirs.record(result('rewrite', 70), '2026-01-03');
  expect(theirs.imported(mine.exported())).toBe(2);
  expect([...theirs.all.value.values()].map(({ id, score }) => [id, score])).toEqual([
    ['rewrite', 70],
    ['tls', 100],
  ]);
  expect(readResults('ada.json', mine.exported())).toMatchObject([
    { result: { student: 'Ada Lovelace', exercise: 'TLS', score: 100, checks: [{ title: 'A', result: 'pass' }] } },
    { result: { student: 'Ada Lovelace', exercise: 'REWRITE', score: 40 } },
  ]);
});

test('any other file changes nothing (property)', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      const progress = new Progress();
      progress.imported(text);
      expect(progress.all.value.size).toBe(0);
    }),
  );
});
