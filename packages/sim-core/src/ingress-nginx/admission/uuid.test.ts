import { expect, test } from 'vitest';
import { uuidProblem } from './uuid.ts';

test.each([
  ['00000000-0000-4000-8000-00000000000a', undefined],
  ['{00000000-0000-4000-8000-00000000000A}', undefined],
  ['urn:uuid:00000000-0000-4000-8000-00000000000a', undefined],
  ['0000000000004000800000000000000a', undefined],
  ['', 'invalid UUID length: 0'],
  ['web', 'invalid UUID length: 3'],
  ['00000000-0000-4000-8000-00000000000g', 'invalid UUID format'],
  ['[00000000-0000-4000-8000-00000000000a]', 'invalid bracketed UUID format'],
  ['urn:oid::00000000-0000-4000-8000-00000000000a', 'invalid urn prefix: "urn:oid::"'],
  ['000000000000400080000000000000zz', 'invalid UUID format'],
])('%s', (text, problem) => {
  expect(uuidProblem(text)).toBe(problem);
});
