import { Agent } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { binomialBand } from '../../packages/sim-core/src/cluster/testing/binomial-band.ts';
import { ask, KeepAliveClient } from '../support/keep-alive-client.ts';
import { ScenarioRun } from '../support/scenario-run.ts';
import { available } from '../support/tools.ts';
import { Workspace } from '../support/workspace.ts';

const place = new Workspace();
const file = place.scenario('canary');
afterAll(() => place.clear());

/** Which Service each of a sequential curl's requests reached, in a run of its own. */
async function sequence(seed: string, requests: number, meanwhile?: (run: ScenarioRun) => Promise<unknown>) {
  const run = await ScenarioRun.start(place, file, '--seed', seed);
  const other = meanwhile?.(run);
  const { stdout } = await place.run('curl', ['-s', `${run.url}?[1-${requests}]`]);
  await other;
  await run.sandbox.stop();
  return stdout.split('\n').filter((line) => /^netflix-frontend\S* \d/.test(line));
}

describe('chance over real sockets', () => {
  test.skipIf(!available('curl'))(
    'the same seed gives a sequential client the same Services, run after run',
    async () => {
      const first = await sequence('lesson', 300);
      expect(first).toHaveLength(300);
      expect(new Set(first).size).toBe(2);
      // The page's load and reads of the control API draw nothing from the client's chance.
      const busy = async (run: ScenarioRun) => {
        const load = { url: `http://${run.hostname}/`, rate: 50, duration: '2s' };
        expect((await run.control('POST', '/api/v1/load', load)).status).toBe(200);
        await run.control('GET', '/api/v1/split');
      };
      expect(await sequence('lesson', 300, busy)).toEqual(first);
      expect(await sequence('another', 300)).not.toEqual(first);
    },
  );

  test('concurrent clients see the same multiset', async () => {
    const counts = async () => {
      const run = await ScenarioRun.start(place, file, '--seed', 'multiset');
      const agent = new Agent({ keepAlive: true, maxSockets: 8 });
      const samples = await Promise.all(Array.from({ length: 400 }, () => ask(run.target, agent)));
      agent.destroy();
      await run.sandbox.stop();
      return samples.map(({ app }) => app).sort();
    };
    expect(await counts()).toEqual(await counts());
  });

  test('weight 5: the share of 20,000 requests is inside the exact 99.99 % band', async () => {
    const requests = 20_000;
    const [low, high] = binomialBand(requests, 0.05, 0.9999);
    const seed = crypto.randomUUID().slice(0, 8);
    const run = await ScenarioRun.start(place, file, '--seed', seed);
    const client = new KeepAliveClient(run.target, 8);
    await client.after(0, requests);
    const samples = (await client.stop()).slice(0, requests);
    const canary = samples.filter(({ app }) => app === 'netflix-frontend-canary 0.9.0').length;
    console.log(`seed ${seed}: ${canary} of ${requests}, band ${low} to ${high}`);
    expect(samples.filter(({ status }) => status !== 200)).toEqual([]);
    expect(canary).toBeGreaterThanOrEqual(low);
    expect(canary).toBeLessThanOrEqual(high);
    const { body } = await run.control('GET', '/api/v1/split');
    expect(body).toMatchObject([
      { service: 'netflix-frontend', weight: 5, weightTotal: 100, verdict: expect.any(String) },
    ]);
    await run.sandbox.stop();
  });

  test('FOO: bar always reaches the canary in the bonus scenario, and nothing else does', async () => {
    const run = await ScenarioRun.start(place, place.scenario('canary-header'));
    const agent = new Agent({ keepAlive: true });
    for (const [value, app] of Object.entries({
      bar: 'netflix-frontend-canary 0.9.0',
      baz: 'netflix-frontend 0.8.0',
    })) {
      for (let i = 0; i < 200; i++) {
        expect((await ask({ ...run.target, headers: { FOO: value } }, agent)).app).toBe(app);
      }
    }
    agent.destroy();
    await run.sandbox.stop();
  });
});
