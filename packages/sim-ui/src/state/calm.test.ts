import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { ManualTimers } from '../testing/manual-timers.ts';
import { showCalmly } from './calm.ts';

test('what is there and the first change are shown at once, what follows four times a second, the newest in the end', async () => {
  const timers = new ManualTimers();
  const source = signal(0);
  const shown: number[] = [];
  showCalmly(source, timers, (value) => shown.push(value));
  for (let i = 0; i < 100; i++) {
    source.value += 1;
    await timers.advance(10);
  }
  await timers.advance(1000);
  expect(shown).toEqual([0, 1, 25, 50, 75, 100]);
  source.value = 200;
  expect(shown.at(-1)).toBe(200);
});

test('once it has ended nothing is shown', async () => {
  const timers = new ManualTimers();
  const source = signal('');
  const shown: string[] = [];
  const end = showCalmly(source, timers, (value) => shown.push(value));
  source.value = 'a';
  source.value = 'b';
  end();
  source.value = 'c';
  await timers.advance(1000);
  expect(shown).toEqual(['', 'a']);
});
