import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pod } from '../testing/objects.ts';
import { assignSlots, type Slot } from './slots.ts';

const web = (suffix: string, terminating = false) => pod({ app: 'web', suffix, terminating });

test('a pod that goes leaves its place to the one that follows it; the others stay', () => {
  const before = assignSlots([], [web('a'), web('b')], true);
  expect(before).toEqual([{ pod: 'web-a' }, { pod: 'web-b' }]);
  const during = assignSlots(before, [web('a', true), web('b'), web('c')], false);
  expect(during).toEqual([{ pod: 'web-c', leaving: 'web-a' }, { pod: 'web-b' }]);
  expect(assignSlots(during, [web('b'), web('c')], false)).toEqual([{ pod: 'web-c' }, { pod: 'web-b' }]);
});

test('gaps are closed only when the cluster has come to rest', () => {
  const before: Slot[] = [{ pod: 'web-a' }, { pod: 'web-b' }, { pod: 'web-c' }];
  expect(assignSlots(before, [web('a'), web('c')], false)).toEqual([{ pod: 'web-a' }, {}, { pod: 'web-c' }]);
  expect(assignSlots(before, [web('a'), web('c')], true)).toEqual([{ pod: 'web-a' }, { pod: 'web-c' }]);
});

test('whatever happens, every pod has one place, and who lives on unsettled keeps it', () => {
  const step = fc.record({
    pods: fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.boolean()), { selector: ([number]) => number }),
    settled: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      let slots: Slot[] = [];
      for (const { pods, settled } of steps) {
        const before = slots;
        const wanted = pods.map(([number, terminating]) => web(String(number), terminating));
        slots = assignSlots(before, wanted, settled);
        const shown = slots.flatMap((slot) => [slot.pod, slot.leaving]).filter((uid) => uid !== undefined);
        expect(shown.sort()).toEqual(wanted.map(({ uid }) => uid).sort());
        if (settled) continue;
        for (const { uid, terminating } of wanted) {
          const place = before.findIndex((slot) => slot.pod === uid);
          if (place >= 0 && !terminating) expect(slots[place]?.pod).toBe(uid);
        }
      }
    }),
  );
});
