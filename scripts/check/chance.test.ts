import { expect, test } from 'vitest';
import { checkChance } from './chance.ts';
import { parseModule } from './module.ts';

const found = (path: string, text: string): number =>
  checkChance([parseModule(`packages/sim-core/src/${path}`, text)]).length;

test.each([
  'Math.random()',
  'Math["random"]()',
  'globalThis.setTimeout(f, 1)',
  'globalThis.Date.now()',
  'const { length } = globalThis.process.argv',
])('is found: %s', (text) => {
  expect(found('kubelet/probes.ts', text)).toBe(1);
});

test('arithmetic, own names and the rooms that may are fine', () => {
  expect(found('kubelet/probes.ts', 'Math.max(1, 2)')).toBe(0);
  expect(found('kubelet/probes.ts', 'function f(Math: any) { return Math.random(); }')).toBe(0);
  expect(found('sim/random.ts', 'Math.random()')).toBe(0);
  expect(found('kubelet/probes.test.ts', 'Math.random()')).toBe(0);
});
