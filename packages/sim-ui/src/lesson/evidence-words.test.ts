import { expect, test } from 'vitest';
import { evidenceWords } from './evidence-words.ts';

test('numbers are short, facts inside of facts have their way in their name, nothing is told of what is empty', () => {
  const evidence = {
    share: 0.049_812_3,
    draws: 1200,
    weight: { percent: 5, weightTotal: 100 },
    images: ['web:1', 'web:2'],
    findings: [],
    role: null,
    isExact: false,
  };
  expect(evidenceWords(evidence)).toEqual([
    ['share', '0.0498'],
    ['draws', '1200'],
    ['weight percent', '5'],
    ['weight weight total', '100'],
    ['images', 'web:1, web:2'],
    ['is exact', 'false'],
  ]);
});
