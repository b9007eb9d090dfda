import { describe, expect, test } from 'vitest';
import { services } from '../../api/core-v1/service.ts';
import { serve } from '../testing/served.ts';

/* upstream-hash-by, service-upstream and load-balance: which pod is asked. */

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

  test('a variable that nobody knows is empty, as in Lua: one pod for all', async () => {
    const { get } = serve({ 'upstream-hash-by': '$nonsense' }, { endpoints: 5 });
    const pods = await Promise.all(['/a', '/b', '/c', '/d'].map(async (path) => (await get(path)).echo?.pod));
    expect(new Set(pods).size).toBe(1);
    expect(pods[0]).toBeDefined();
  });
});

describe('upstream-hash-by-subset', () => {
  const podsOf = async (annotations: Record<string, string>, endpoints: number, users = 1) => {
    const { get } = serve({ 'upstream-hash-by': '$arg_user', ...annotations }, { endpoints });
    const pods = new Map<number, Set<string | undefined>>();
    for (let user = 0; user < users; user++) {
      const seen = new Set<string | undefined>();
      for (let i = 0; i < 40; i++) seen.add((await get(`/?user=${user}`)).echo?.pod);
      pods.set(user, seen);
    }
    return pods;
  };

  test('the same value, the same group of pods', async () => {
    const pods = await podsOf({ 'upstream-hash-by-subset': 'true', 'upstream-hash-by-subset-size': '2' }, 6, 12);
    const groups = new Set([...pods.values()].map((seen) => [...seen].sort().join()));
    for (const seen of pods.values()) expect(seen.size).toBe(2);
    expect([...groups].every((group) => ['web-0,web-1', 'web-2,web-3', 'web-4,web-5'].includes(group))).toBe(true);
    expect(groups.size).toBeGreaterThan(1);
  });

  test('three pods in a group unless it is said; the first pods fill the last group up', async () => {
    const pods = await podsOf({ 'upstream-hash-by-subset': 'true' }, 5, 12);
    const groups = new Set([...pods.values()].map((seen) => [...seen].sort().join()));
    expect([...groups].sort()).toEqual(['web-0,web-1,web-2', 'web-0,web-3,web-4']);
  });

  test('says nothing without upstream-hash-by', async () => {
    const { get } = serve({ 'upstream-hash-by-subset': 'true', 'upstream-hash-by-subset-size': '1' }, { endpoints: 4 });
    const pods = new Set<string | undefined>();
    for (let i = 0; i < 8; i++) pods.add((await get()).echo?.pod);
    expect(pods.size).toBe(4);
  });
});

describe('service-upstream', () => {
  test('asks the Service’s own address; kube-proxy chooses', async () => {
    const { get, world } = serve({ 'service-upstream': 'true' });
    const service = world.client.get(services, 'default', 'web');
    const asked: string[] = [];
    world.network.attach(service?.spec.clusterIP ?? '', {
      listener: (port) => ({
        http: (_request, response) => {
          asked.push(String(port));
          response.writeHead(200, ['Content-Length', '0']);
          response.end();
        },
      }),
    });
    expect((await get()).status).toBe(200);
    expect(asked).toEqual(['80']);
    expect(world.records.newest(1)[0]).toMatchObject({ endpoint: service?.spec.clusterIP, endpointPort: 80 });
  });

  test('without pods nginx asks all the same: nobody answers in this test, where kube-proxy is missing', async () => {
    expect((await serve({ 'service-upstream': 'true' }, { endpoints: 0 }).get()).status).toBe(504);
    expect((await serve({}, { endpoints: 0 }).get()).status).toBe(503);
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
