import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compilePcre } from './pcre.ts';
import { sampleOfPattern } from './sample-of-pattern.ts';

it.each([
  ['^beta$', 'beta'],
  ['user-(anna|ben)', 'user-anna'],
  ['^[0-9]{3}$', '111'],
  ['^u[a-c]+x?$', 'ua'],
  ['^(?:a|b)\\d$', 'a1'],
  ['^v2\\.[^.]*$', 'v2.'],
  ['', ''],
])('%s fits %s', (pattern, sample) => {
  expect(sampleOfPattern(pattern)).toBe(sample);
});

it('knows nothing for what does not compile', () => {
  expect(sampleOfPattern('(')).toBeUndefined();
  expect(sampleOfPattern('[z-a]')).toBeUndefined();
});

it('never gives a text that does not fit, whatever the pattern', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab1^$.[](){}*+?|\\-d,'), maxLength: 14 }), (pattern) => {
      const sample = sampleOfPattern(pattern);
      if (sample !== undefined) expect(compilePcre(pattern).test(sample)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
