import { expect, test } from 'vitest';
import { ManualTimers } from '../testing/manual-timers.ts';
import { Announcements } from './announcements.ts';

test('at most one message in five seconds, and of several that wait the last', async () => {
  const timers = new ManualTimers();
  const spoken: [number, string][] = [];
  const announcements = new Announcements(timers, (text) => spoken.push([timers.now(), text]));
  announcements.say('one');
  await timers.advance(1000);
  announcements.say('two');
  announcements.say('three');
  await timers.advance(10_000);
  announcements.say('four');
  await timers.advance(0);
  expect(spoken).toEqual([
    [0, 'one'],
    [5000, 'three'],
    [11_000, 'four'],
  ]);
});
