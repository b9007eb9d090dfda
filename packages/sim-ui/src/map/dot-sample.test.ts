import { expect, test } from 'vitest';
import { DemoCluster } from '../testing/demo-cluster.ts';
import { SHAPE } from './dot-field.ts';
import { sampleFor } from './dot-sample.ts';

test('a dot stands for the request of its way that came nearest to it, failed if it is a diamond', () => {
  const cluster = new DemoCluster();
  const sample = { ...cluster.request('client'), flow: 1, status: 200 };
  const samples = [
    { ...sample, id: 1 },
    { ...sample, id: 2 },
    { ...sample, id: 3, flow: 2 },
    { ...sample, id: 4, status: 503 },
  ];
  const arrivals = new Map(samples.map((one, i) => [one, i * 100]));
  const find = (flow: number, bornAt: number, shape: number) =>
    sampleFor({ x: 0, y: 0, flow, bornAt, shape }, samples, (one) => arrivals.get(one as (typeof samples)[0]) ?? 0)?.id;
  expect(find(1, 90, SHAPE.circle)).toBe(2);
  expect(find(1, 10, SHAPE.circle)).toBe(1);
  expect(find(1, 10, SHAPE.diamond)).toBe(4);
  expect(find(9, 10, SHAPE.circle)).toBeUndefined();
});
