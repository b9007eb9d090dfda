import fc from 'fast-check';
import { expect, test } from 'vitest';
import { intern } from './intern.ts';

test('the text stays the same, whatever it is', () => {
  for (const text of ['', '0', '007', '__proto__', 'constructor', 'ä\ud800']) expect(intern(text)).toBe(text);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => intern(text) === text));
});
