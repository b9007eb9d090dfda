import { expect, test } from 'vitest';
import { ANNOTATION_GROUPS } from './groups.ts';
import { ANNOTATIONS } from './index.ts';

test('every annotation of the release has its parser', () => {
  const grouped = Object.values(ANNOTATION_GROUPS).flat();
  expect(new Set(grouped).size).toBe(grouped.length);
  const known = ANNOTATIONS.map(({ name }) => name);
  expect([...known].sort()).toEqual([...grouped].sort());
  expect(grouped).toHaveLength(136);
});
