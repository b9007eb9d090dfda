import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireNode, WireObject } from '../wire.ts';
import { ObjectTable } from './object-table.ts';
import { Timeline } from './timeline.ts';

const node = (uid: string, ip: string): WireNode => ({
  kind: 'Node',
  uid,
  name: uid,
  ip,
  ready: true,
  cordoned: false,
});

/** A table whose every burst of changes is a step. */
function recording() {
  const table = new ObjectTable();
  const timeline = new Timeline();
  let rev = 0;
  const step = () =>
    timeline.record({ rev: ++rev, at: rev, request: 0, changes: table.takeChanges(), marks: [], split: [] });
  return { table, timeline, step, past: (id: number) => timeline.at(id, table.all()) };
}

const sorted = (objects: readonly WireObject[]) => [...objects].sort((a, b) => a.uid.localeCompare(b.uid));

describe('the timeline', () => {
  it('has every step as it was, whatever came after it (property)', () => {
    const change = fc.record({
      uid: fc.constantFrom('a', 'b', 'c', 'd'),
      ip: fc.option(fc.constantFrom('1', '2', '3')),
    });
    fc.assert(
      fc.property(fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { maxLength: 20 }), (bursts) => {
        const { table, step, past } = recording();
        const copies = bursts.map((burst) => {
          for (const { uid, ip } of burst) {
            if (ip === null) table.remove('Node', uid);
            else table.set(node(uid, ip));
          }
          step();
          return table.all();
        });
        for (const [i, copy] of copies.entries()) expect(sorted(past(i + 1)?.objects ?? [])).toEqual(sorted(copy));
      }),
    );
  });

  it('forgets the oldest steps, by number and by what they hold', () => {
    const { table, timeline, step, past } = recording();
    for (let i = 0; i < 700; i++) {
      table.set(node('a', String(i)));
      step();
    }
    expect(timeline.steps()).toHaveLength(600);
    expect(past(100)).toBeUndefined();
    expect(past(101)?.objects).toEqual([node('a', '100')]);
    for (let i = 0; i < 3; i++) {
      for (let k = 0; k < 9000; k++) table.set(node(`n${k}`, String(i)));
      step();
    }
    expect(timeline.steps()).toHaveLength(2);
  });

  it('hands out each step once', () => {
    const { table, timeline, step } = recording();
    table.set(node('a', '1'));
    step();
    expect(timeline.take().map(({ id }) => id)).toEqual([1]);
    expect(timeline.take()).toEqual([]);
  });
});
