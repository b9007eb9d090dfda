import { expect, test } from 'vitest';
import { EN } from './en.ts';
import { HE } from './he.ts';
import { accented, hebraized } from './load-catalogue.ts';
import { createWords } from './words.tsx';

const placesOf = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
const texts = Object.entries(EN) as [keyof typeof EN, string][];

test('Hebrew says everything that English says, with the same places for values', () => {
  expect(Object.keys(HE).sort()).toEqual(Object.keys(EN).sort());
  expect(texts.filter(([key, text]) => placesOf(HE[key]).join() !== placesOf(text).join())).toEqual([]);
});

test('the pseudo-languages keep every place, and the long one is two fifths longer', () => {
  for (const [, text] of texts) {
    expect(placesOf(accented(text))).toEqual(placesOf(text));
    expect(placesOf(hebraized(text))).toEqual(placesOf(text));
    expect(accented(text).length).toBeGreaterThanOrEqual(1.4 * text.length);
  }
});

test('between letters that run from right to left, names and numbers stand by themselves', () => {
  const words = createWords();
  expect(words.t('split.interval', { low: '4.04', high: '6.55' })).toBe('95 %: 4.04 to 6.55');
  words.locale.value = 'he';
  words.catalogue.value = HE;
  expect(words.t('split.interval', { low: '4.04', high: '6.55' })).toBe('95 %: \u20664.04\u2069 עד \u20666.55\u2069');
});
