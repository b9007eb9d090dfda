import type { TimelineMark, TimelineStep } from '@k8s-ingress-sandbox/sim-core/wire';
import { expect, test } from 'vitest';
import * as make from '../testing/objects.ts';
import { createWords } from '../words/words.tsx';
import { placedMarks, sampleWords } from './timeline-words.ts';

const step = (id: number, ...marks: TimelineMark[]): TimelineStep => ({
  id,
  rev: 40 + id,
  at: make.START,
  request: 0,
  marks,
});
const weight: TimelineMark = { kind: 'weight', text: 'Weight of canary 5 → 20' };
const pod: TimelineMark = { kind: 'pod', text: 'Pod a gone' };

test('steps without marks are no marks; a change of weight is told before what else happened in its step', () => {
  const marks = placedMarks([step(1), step(2, pod, weight), step(3)]);
  expect(marks).toMatchObject([{ at: 0.5, kind: 'weight', step: { id: 2 } }]);
  expect(marks[0]?.text).toContain('r42: Pod a gone, Weight of canary 5 → 20');
});

test('too many marks: the newest are kept', () => {
  const marks = placedMarks(Array.from({ length: 100 }, (_, i) => step(i, pod)));
  expect(marks.length).toBeLessThan(30);
  expect(marks.at(-1)?.at).toBe(1);
});

test('one step is at the beginning', () => {
  expect(placedMarks([step(1, pod)])).toMatchObject([{ at: 0 }]);
});

test('a sample that ended is still readable', () => {
  const sample = make.splitRow({ n: 1204, canary: 62, weight: 5, wilson95: [0.0404, 0.0655] });
  expect(sampleWords(sample, createWords())).toMatch(/5\.15 %, 62 of 1,204 draws, 95 %: 4\.04 to 6\.55, target 5 %/);
  expect(sampleWords(make.splitRow({ n: 0, canary: 0, wilson95: null }), createWords())).toContain('No draws yet');
});
