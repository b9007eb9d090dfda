import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { edit } from '../doctor/testing/lesson.ts';
import { type RunningWorld, runningWorld } from '../doctor/testing/running-world.ts';
import { explain } from './explain.ts';
import { type Difference, questionLike } from './like.ts';
import { LB, NAMES, send } from './testing/ask.ts';

const CANARY = readFileSync(new URL('../../../../scenarios/canary.yaml', import.meta.url), 'utf8');
const WEIGHT = 'nginx.ingress.kubernetes.io/canary-weight: "5"';
const running = (weight?: number) =>
  runningWorld({
    'canary.yaml': weight === undefined ? CANARY : edit(CANARY, [[WEIGHT, WEIGHT.replace('5', String(weight))]]),
  });

async function askLike(world: RunningWorld, sent: readonly string[], difference: Partial<Difference> = {}) {
  const record = await send(world, `http://${LB}/cart?id=1`, sent, { method: 'POST' });
  const question = questionLike(record, { headers: {}, ...difference });
  return { record, question, trace: explain(question, { world: world.world(), ids: NAMES }) };
}

test('a question about a request that was sent begins with all that it was', async () => {
  const { question } = await askLike(running(), ['X-Team', 'shop', 'Cookie', 'a=1; b=2', 'X-Team', 'eu']);
  expect(question).toMatchObject({
    method: 'POST',
    url: `http://${LB}/cart?id=1`,
    headers: { 'X-Team': 'shop, eu', Cookie: 'a=1; b=2' },
    remoteAddress: '203.0.113.7',
  });
});

test('what is given stands in its place, cookies one by one', async () => {
  const { question } = await askLike(running(), ['X-Team', 'shop', 'Cookie', 'a=1; b=2'], {
    method: 'GET',
    url: 'http://other.test/',
    headers: { 'x-team': 'eu', cookie: 'b=3; c=4' },
  });
  expect(question).toMatchObject({ method: 'GET', url: 'http://other.test/' });
  expect(question.headers).toEqual({ 'x-team': 'eu', Cookie: 'a=1; b=3; c=4' });
});

test.each([
  [100, true],
  [0, false],
])('with weight %d it goes where the request went, by the same draw', async (weight, isCanary) => {
  const { record, trace } = await askLike(running(weight), []);
  expect(record.toCanary).toBe(isCanary);
  expect(trace).toMatchObject({ method: 'POST', url: '/cart?id=1', isCanary });
  if (isCanary)
    expect(trace).toMatchObject({ decision: 'weight', draw: { draw: record.draw, weight: 100, total: 100 } });
});
