import type { WireFlow } from '@k8s-ingress-sandbox/sim-core/wire';
import { expect, test } from 'vitest';
import { addReading, type RateHistory, ratesOf } from './rates.ts';

const flow = (id: number, n: number, errors = 0): WireFlow => ({ id, nodes: [], canary: false, n, errors });

function readings(...all: [at: number, ...flows: WireFlow[]][]): RateHistory {
  return all.reduce<RateHistory>((history, [at, ...flows]) => addReading(history, at, flows), []);
}

test('a rate is what was counted over the last two seconds', () => {
  const history = readings([0, flow(1, 0)], [1000, flow(1, 10)], [2000, flow(1, 30, 2)], [3000, flow(1, 50, 4)]);
  expect(ratesOf(history).get(1)).toEqual({ perSecond: 20, errorsPerSecond: 2 });
});

test('a lost message only makes a step longer', () => {
  const all = readings([0, flow(1, 0)], [100, flow(1, 2)], [200, flow(1, 4)]);
  const lossy = readings([0, flow(1, 0)], [200, flow(1, 4)]);
  expect(ratesOf(lossy)).toEqual(ratesOf(all));
});

test('a flow that is new counts from zero; when nothing comes any more the rate falls to nothing', () => {
  const history = readings([0, flow(1, 100)], [1000, flow(1, 100), flow(2, 5)]);
  expect(ratesOf(history).get(2)?.perSecond).toBe(5);
  expect(ratesOf(history).get(1)?.perSecond).toBe(0);
});

test('one reading is no rate', () => {
  expect(ratesOf(readings([0, flow(1, 100)])).size).toBe(0);
});
