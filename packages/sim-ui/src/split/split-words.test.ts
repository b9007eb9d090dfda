import { expect, test } from 'vitest';
import { splitRow } from '../testing/objects.ts';
import { createWords } from '../words/words.tsx';
import { splitWords } from './split-words.ts';

const words = createWords();

test('without a draw there is a dash, never 0 %', () => {
  expect(splitWords(splitRow(), words)).toMatchObject({
    share: '—',
    draws: 'No draws yet',
    interval: '',
    tone: 'waiting',
  });
});

test('under a hundred draws it is too early for a share, however it looks', () => {
  const shown = splitWords(splitRow({ n: 20, canary: 0, wilson95: [0, 0.161] }), words);
  expect(shown).toMatchObject({
    share: 'too early',
    isShare: false,
    draws: '0 of 20 draws',
    verdict: '80 more draws to go',
  });
  expect(shown.interval).toBe('95 %: 0.00 to 16.10');
  expect(shown.bar.share).toBeUndefined();
});

test('from a hundred on: share and interval with two decimals, verdict in a word', () => {
  const row = splitRow({ n: 3790, canary: 194, wilson95: [0.0446, 0.0587], verdict: 'consistent' });
  expect(splitWords(row, words)).toMatchObject({
    share: '5.12',
    target: '5',
    draws: '194 of 3,790 draws',
    interval: '95 %: 4.46 to 5.87',
    verdict: 'consistent with 5 %',
    tone: 'ok',
  });
});

test('a mismatch is told as one, and the scale grows to hold it', () => {
  const row = splitRow({ n: 1000, canary: 200, wilson95: [0.176, 0.226], verdict: 'not consistent' });
  const shown = splitWords(row, words);
  expect(shown).toMatchObject({ verdict: 'not consistent with 5 %', tone: 'error' });
  expect(shown.bar).toEqual({ end: 0.3, target: 0.05, share: 0.2, band: [0.176, 0.226] });
});

test('sticky sessions have no interval and no verdict, and the reason stands there', () => {
  const shown = splitWords(splitRow({ n: 500, canary: 20, sticky: true, wilson95: null }), words);
  expect(shown.interval).toContain('Sticky sessions');
  expect(shown.verdict).toBe('no verdict with sticky sessions');
  expect(shown.bar.band).toBeUndefined();
  expect(shown.share).toBe('4.00');
});

test('what a header or a cookie forced is listed apart', () => {
  const shown = splitWords(splitRow({ n: 200, canary: 10, forcedHeader: 1200, forcedCookie: 3 }), words);
  expect(shown.share).toBe('5.00');
  expect(shown.forced).toBe('Not drawn: 1,200 by header, 3 by cookie');
});

test('a total other than a hundred is told in per cent', () => {
  expect(splitWords(splitRow({ weight: 5, weightTotal: 200 }), words).target).toBe('2.5');
});
