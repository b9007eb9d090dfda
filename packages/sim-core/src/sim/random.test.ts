import { describe, expect, it } from 'vitest';
import { nameSuffix, Random, uuid } from './random.ts';

describe('Random', () => {
  it('gives the same stream for the same seed and name, whatever else was forked', () => {
    const first = new Random('7');
    const second = new Random(7);
    second.fork('somebody else').next();
    const a = first.fork('canary');
    const b = second.fork('canary');
    expect([a.next(), a.next(), a.integer(1, 100)]).toEqual([b.next(), b.next(), b.integer(1, 100)]);
  });

  it('gives other streams for other names and seeds', () => {
    const draws = ['1/a', '1/b', '2/a'].map((key) => {
      const [seed, name] = key.split('/') as [string, string];
      return new Random(seed).fork(name).next();
    });
    expect(new Set(draws).size).toBe(3);
  });

  it('draws integers uniformly with both ends included', () => {
    const stream = new Random(3).fork('dice');
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 60_000; i++) {
      const face = stream.integer(1, 6);
      counts[face] = (counts[face] ?? 0) + 1;
    }
    expect(counts[0]).toBe(0);
    for (const count of counts.slice(1)) expect(Math.abs(count - 10_000)).toBeLessThan(600);
  });

  it('makes names and uids in Kubernetes’ form', () => {
    const stream = new Random(1).fork('names');
    expect(nameSuffix(stream)).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(uuid(stream)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
