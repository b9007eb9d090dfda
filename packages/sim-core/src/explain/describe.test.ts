import { readFileSync } from 'node:fs';
import { expect, it, describe as suite } from 'vitest';
import { runningWorld } from '../doctor/testing/running-world.ts';
import { describe } from './describe.ts';
import { LB, NAMES, send } from './testing/ask.ts';
import { formatTrace } from './text.ts';

const canary = readFileSync(new URL('../../../../scenarios/canary.yaml', import.meta.url), 'utf8');

suite('describe', () => {
  it('tells the whole way of an answered request', async () => {
    const running = runningWorld({ 'canary.yaml': canary });
    const record = await send(running, `http://${LB}/`);
    const trace = describe({ record, world: running.world(), ids: NAMES });
    expect(trace).toMatchObject({
      status: 200,
      service: 'default/netflix-frontend',
      decision: 'weight',
      isCanary: false,
    });
    expect(trace.hops.map(({ step }) => step)).toEqual([
      'load-balancer',
      'node-port',
      'server',
      'location',
      'canary',
      'upstream',
      'endpoint',
      'headers',
      'answer',
    ]);
    expect(trace.hops.find(({ step }) => step === 'canary')).toMatchObject({
      source: { file: 'canary.yaml', line: 138 },
    });
    for (const line of formatTrace(trace).split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});
