import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeLink, encodeLink } from './link.ts';

test('a link brings back what was put in, whatever it was', async () => {
  const file = fc.record({ file: fc.string(), text: fc.string({ unit: 'grapheme', maxLength: 300 }) });
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.array(file), async (lesson, files) => {
      expect(await decodeLink(await encodeLink({ lesson, files }))).toEqual({ lesson, files });
    }),
    { numRuns: 30 },
  );
});

test('what is no link of ours is nothing, or says why', async () => {
  expect(await decodeLink('')).toBeUndefined();
  expect(await decodeLink('#view=class')).toBeUndefined();
  await expect(decodeLink('#v=2&s=AAAA')).rejects.toThrow('version 2');
  for (const s of ['####', 'AAAA', '%00']) await expect(decodeLink(`#v=1&s=${s}`)).rejects.toThrow();
  const bomb = await encodeLink({ lesson: '', files: [{ file: 'a', text: 'x'.repeat(2_000_000) }] });
  await expect(decodeLink(bomb)).rejects.toThrow('megabyte');
});
