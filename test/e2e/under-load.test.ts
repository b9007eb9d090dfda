import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { KeepAliveClient, type Sample } from '../support/keep-alive-client.ts';
import { ScenarioRun } from '../support/scenario-run.ts';
import { available } from '../support/tools.ts';
import { Workspace } from '../support/workspace.ts';

const FRONTEND = 'netflix-frontend';
const CONTROLLER = { namespace: 'ingress-nginx', name: 'ingress-nginx-controller' };
const CONNECTIONS = 4;
/** "Shows within a second": what is sent a second later goes where it should. */
const SECOND = 1000;

const place = new Workspace();
let run: ScenarioRun;
let client: KeepAliveClient;

beforeAll(async () => {
  run = await ScenarioRun.start(place, place.scenario('canary'));
});
afterAll(() => place.clear());
beforeEach(() => {
  client = new KeepAliveClient(run.target, CONNECTIONS);
});
afterEach(async () => {
  await client.stop();
});

const statuses = (samples: readonly Sample[]) => [...new Set(samples.map(({ status }) => status))];
const apps = (samples: readonly Sample[]) => [...new Set(samples.map(({ app }) => app))].sort();
const podsOf = (app: string, samples: readonly Sample[]) =>
  [...new Set(samples.filter((sample) => sample.app === app).map(({ pod }) => pod))].sort();
const canaryShare = (samples: readonly Sample[]) =>
  samples.filter(({ app }) => app.endsWith('0.9.0')).length / samples.length;

/** Saves a change and applies it, as a student does. */
async function save(from: string, to: string): Promise<void> {
  place.edit('canary.yaml', from, to);
  await run.applySaved();
}

async function act(path: string, body: unknown): Promise<void> {
  expect((await run.control('POST', `/api/v1/${path}`, body)).status).toBe(200);
}

describe('under load a change shows within a second', () => {
  test('the weight, and no request is lost', async () => {
    await client.after(0, 500);
    await save('canary-weight: "5"', 'canary-weight: "50"');
    const after = await client.after(SECOND, 1000);
    // 1,000 draws at one half: outside of 420 to 580 less than once in a million.
    expect(canaryShare(after)).toBeGreaterThan(0.42);
    expect(canaryShare(after)).toBeLessThan(0.58);
    await save('canary-weight: "50"', 'canary-weight: "5"');
    expect(canaryShare(await client.after(SECOND, 1000))).toBeLessThan(0.09);
    expect(statuses(await client.stop())).toEqual([200]);
  });

  test('a pod that is killed, and the one in its place', async () => {
    const before = podsOf(`${FRONTEND} 0.8.0`, await client.after(0, 200));
    expect(before).toHaveLength(2);
    await act('delete', { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: before[0] });
    const after = podsOf(`${FRONTEND} 0.8.0`, await client.after(SECOND, 200));
    expect(after).toHaveLength(2);
    expect(after).toContain(before[1]);
    expect(after).not.toContain(before[0]);
  });

  test('scaling out and in', async () => {
    await act('scale', { namespace: 'default', name: FRONTEND, replicas: 5 });
    expect(podsOf(`${FRONTEND} 0.8.0`, await client.after(SECOND, 400))).toHaveLength(5);
    await act('scale', { namespace: 'default', name: FRONTEND, replicas: 1 });
    expect(podsOf(`${FRONTEND} 0.8.0`, await client.after(SECOND, 200))).toHaveLength(1);
    await act('scale', { namespace: 'default', name: FRONTEND, replicas: 2 });
    expect(podsOf(`${FRONTEND} 0.8.0`, await client.after(SECOND, 200))).toHaveLength(2);
    expect(statuses(await client.stop())).toEqual([200]);
  });

  test('a selector that is broken, and put right', async () => {
    const selector = `kind: Service\nmetadata:\n  name: ${FRONTEND}\nspec:\n  selector:\n    app: `;
    await save(`${selector}${FRONTEND}\n`, `${selector}netflix-fronted\n`);
    // As in ingress-nginx, the canary falls with its main Service: without endpoints there is no balancer to turn from.
    expect(statuses(await client.after(SECOND, 400))).toEqual([503]);
    await save(`${selector}netflix-fronted\n`, `${selector}${FRONTEND}\n`);
    expect(statuses(await client.after(SECOND, 400))).toEqual([200]);
  });

  test('a graceful rollout, which loses no request', async () => {
    await client.after(0, 200);
    await save(`image: ${FRONTEND}:0.8.0`, `image: ${FRONTEND}:0.8.1`);
    expect(apps(await client.after(SECOND, 400))).toEqual([`${FRONTEND} 0.8.1`, `${FRONTEND}-canary 0.9.0`]);
    expect(statuses(await client.stop())).toEqual([200]);
  });

  test.skipIf(!available('curl'))('a rollout and a weight while curl --parallel asks: all are answered', async () => {
    const args = ['-s', '-Z', '--parallel-max', '8', '-w', '\\n=%{http_code}\\n', `${run.url}?[1-6000]`];
    const curl = place.spawn('curl', ...args);
    await curl.line(/^=200$/);
    await save(`image: ${FRONTEND}:0.8.1`, `image: ${FRONTEND}:0.8.2`);
    await save('canary-weight: "5"', 'canary-weight: "20"');
    expect(await curl.ended).toEqual({ code: 0, signal: null });
    const codes = curl.lines.filter((line) => line.startsWith('='));
    expect([...new Set(codes)]).toEqual(['=200']);
    expect(codes).toHaveLength(6000);
    const answered = new Set(curl.lines.filter((line) => /^netflix-frontend\S* \d/.test(line)));
    expect([...answered]).toEqual(expect.arrayContaining([`${FRONTEND} 0.8.1`, `${FRONTEND} 0.8.2`]));
    expect(statuses(await client.stop())).toEqual([200]);
  });

  test('a controller that is gone: connections close, also the open ones, and no status is made up', async () => {
    await client.after(0, 100);
    await act('scale', { ...CONTROLLER, replicas: 0 });
    expect(statuses(await client.after(SECOND, 20))).toEqual([0]);
    await act('scale', { ...CONTROLLER, replicas: 1 });
    expect(statuses(await client.after(SECOND, 100))).toEqual([200]);
    await act('delete', { apiVersion: 'apps/v1', kind: 'Deployment', ...CONTROLLER });
    expect(statuses(await client.after(SECOND, 20))).toEqual([0]);
  });
});
