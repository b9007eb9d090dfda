import { describe, expect, test } from 'vitest';
import { serve } from '../testing/served.ts';

/* upstream-hash-by and load-balance: which pod is asked. */

describe('upstream-hash-by', () => {
  test('the same value, the same pod; many values, all pods', async () => {
    const { get } = serve({ 'upstream-hash-by': '$arg_user' }, { endpoints: 4 });
    const pods = new Map<number, string | undefined>();
    for (let user = 0; user < 80; user++) pods.set(user, (await get(`/?user=${user}`)).echo?.pod);
    for (let user = 0; user < 80; user++) expect((await get(`/x?user=${user}`)).echo?.pod).toBe(pods.get(user));
    expect(new Set(pods.values()).size).toBe(4);
  });

  test('a pod that comes moves only its share', async () => {
    const { get, world } = serve({ 'upstream-hash-by': '$request_uri' }, { endpoints: 4 });
    const before = [];
    for (let i = 0; i < 200; i++) before.push((await get(`/${i}`)).echo?.pod);
    world.scale('web', 5);
    let moved = 0;
    for (let i = 0; i < 200; i++) {
      const pod = (await get(`/${i}`)).echo?.pod;
      if (pod !== before[i]) {
        moved++;
        expect(pod).toBe('web-4');
      }
    }
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThan(100);
  });

  test('headers, cookies and text together', async () => {
    const { get } = serve({ 'upstream-hash-by': '${http_x_user}$cookie_session' }, { endpoints: 5 });
    const ask = async (user: string, session: string) =>
      (await get('/', { headers: ['X-User', user, 'Cookie', `session=${session}`] })).echo?.pod;
    expect(await ask('ann', '1')).toBe(await ask('ann', '1'));
  });

  test('a variable that nobody knows cannot be loaded', async () => {
    expect((await serve({ 'upstream-hash-by': '$nonsense' }).get()).status).toBe(404);
  });
});

describe('load-balance', () => {
  test('ewma prefers the pod that answers faster', async () => {
    const { get, world } = serve({ 'load-balance': 'ewma' }, { endpoints: 0 });
    const answered: Record<string, number> = {};
    for (const [address, delay] of [
      ['10.244.9.1', 5],
      ['10.244.9.2', 200],
    ] as const) {
      world.network.attach(address, {
        listener: () => ({
          http: (_request, response) => {
            world.server.clock.afterRequest(delay, () => {
              answered[address] = (answered[address] ?? 0) + 1;
              response.writeHead(200, ['Content-Length', '0']);
              response.end();
            });
          },
        }),
      });
    }
    world.scale('web', 2, '10.244.9.1', '10.244.9.2');
    for (let i = 0; i < 60; i++) await get();
    expect(answered['10.244.9.1'] ?? 0).toBeGreaterThan(40);
  });

  test('ewma with one pod, and with a pod that comes', async () => {
    const { get, world } = serve({ 'load-balance': 'ewma' }, { endpoints: 1 });
    expect((await get()).status).toBe(200);
    world.scale('web', 3);
    const pods = new Set<string | undefined>();
    for (let i = 0; i < 60; i++) pods.add((await get()).echo?.pod);
    expect(pods.size).toBeGreaterThan(1);
  });
});
