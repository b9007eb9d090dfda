import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';

describe('VirtualClock', () => {
  it('fires a 10 s period six times in 60 s, in time order', () => {
    const clock = new VirtualClock(0);
    const fired: number[] = [];
    const tick = () => {
      fired.push(clock.now());
      clock.after(10_000, tick);
    };
    clock.after(10_000, tick);
    clock.advanceTo(60_000);
    expect(fired).toEqual([10_000, 20_000, 30_000, 40_000, 50_000, 60_000]);
  });

  it('settles once after the timers of an instant, before time moves on', () => {
    const log: string[] = [];
    const clock = new VirtualClock(0, () => log.push(`settle ${clock.now()}`));
    clock.after(2, () => log.push('c'));
    clock.after(1, () => log.push(`a ${clock.inTimers}`));
    clock.after(1, () => log.push('b'));
    clock.advanceTo(5);
    expect(log).toEqual(['a true', 'b', 'settle 1', 'c', 'settle 2']);
    expect(clock.inTimers).toBe(false);
    expect(clock.now()).toBe(5);
  });

  it('runs live timers in order of time, then of setting, and cancelled ones never', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ at: fc.nat(50), cancelled: fc.boolean() }), { maxLength: 60 }), (timers) => {
        const clock = new VirtualClock(0);
        const ran: number[] = [];
        for (const [index, timer] of timers.entries()) {
          const cancel = clock.after(timer.at, () => ran.push(index));
          if (timer.cancelled) cancel();
        }
        clock.advanceTo(100);
        const expected = [...timers.keys()].filter((index) => timers[index]?.cancelled === false);
        expected.sort((a, b) => (timers[a]?.at ?? 0) - (timers[b]?.at ?? 0) || a - b);
        expect(ran).toEqual(expected);
      }),
    );
  });
});
