import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../../sim/random.ts';
import type { Upstream } from '../configuration.ts';
import { DEFAULT_UPSTREAM_DIRECTIVES } from '../directives.ts';
import { RoundRobin } from './round-robin.ts';

function upstreamOf(endpoints: number): Upstream {
  return {
    name: 'default-web-80',
    namespace: 'default',
    service: 'web',
    port: '80',
    endpoints: Array.from({ length: endpoints }, (_, i) => ({ address: `10.0.0.${i}`, port: 80 })),
    alternativeBackends: [],
    directives: DEFAULT_UPSTREAM_DIRECTIVES,
  };
}

test('any run of requests is spread as evenly as can be, in a fixed order', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 0, max: 100 }),
      fc.integer(),
      (size, count, seed) => {
        const balancer = new RoundRobin(upstreamOf(size), new Random(seed).fork('start'));
        const asked = Array.from({ length: count }, () => balancer.balance().address);
        const times = upstreamOf(size).endpoints.map(({ address }) => asked.filter((each) => each === address).length);
        expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1);
        expect(asked.slice(size)).toEqual(asked.slice(0, Math.max(0, count - size)));
      },
    ),
  );
});

test('where it begins is left to chance', () => {
  const random = new Random('starts').fork('start');
  const first = Array.from({ length: 100 }, () => new RoundRobin(upstreamOf(4), random).balance().address);
  expect(new Set(first).size).toBe(4);
});
