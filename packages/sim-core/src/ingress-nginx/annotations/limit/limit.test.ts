import { describe, expect, test } from 'vitest';
import { ingressOf } from '../../testing/ingress-of.ts';
import { serve } from '../../testing/served.ts';
import { ClientResponse, edgeRequest } from '../../testing/test-client.ts';

type World = ReturnType<typeof serve>;

async function passed({ get }: World, count: number, path = '/', remoteAddress = '10.0.0.1'): Promise<number> {
  let ok = 0;
  for (let i = 0; i < count; i++) if ((await get(path, { remoteAddress })).status === 200) ok++;
  return ok;
}

describe('limit-rps and limit-rpm', () => {
  test('one, and five times the limit at once', async () => {
    expect(await passed(serve({ 'limit-rps': '1' }), 20)).toBe(6);
    expect(await passed(serve({ 'limit-rpm': '1' }), 20)).toBe(6);
    expect(await passed(serve({ 'limit-rps': '2', 'limit-burst-multiplier': '1' }), 20)).toBe(3);
  });

  test('the bucket runs empty with time', async () => {
    const served = serve({ 'limit-rps': '1', 'limit-burst-multiplier': '1' });
    expect(await passed(served, 5)).toBe(2);
    served.world.advance(1000);
    expect(await passed(served, 5)).toBe(1);
    served.world.advance(60_000);
    expect(await passed(served, 5)).toBe(2);
  });

  test('every client has its own, and all paths of the Ingress count together', async () => {
    const served = serve({ 'limit-rps': '1', 'limit-burst-multiplier': '1' }, { paths: { '/a': 'web', '/b': 'web' } });
    expect(await passed(served, 3, '/a')).toBe(2);
    expect(await passed(served, 3, '/b')).toBe(0);
    expect(await passed(served, 3, '/a', '10.0.0.2')).toBe(2);
  });

  test('a reload forgets nothing', async () => {
    const served = serve({ 'limit-rps': '1', 'limit-burst-multiplier': '1' });
    expect(await passed(served, 3)).toBe(2);
    served.world.load([ingressOf('other', { host: 'other.test', paths: { '/': 'web' } })]);
    expect(await passed(served, 3)).toBe(0);
  });

  test('who is on the list is not counted; the status is the ConfigMap’s', async () => {
    const served = serve({ 'limit-rps': '1', 'limit-allowlist': '10.0.0.0/8' });
    expect(await passed(served, 20)).toBe(20);
    served.world.configure({ 'limit-req-status-code': '429' });
    expect(await passed(served, 20, '/', '11.0.0.1')).toBe(6);
    expect((await served.get('/', { remoteAddress: '11.0.0.1' })).status).toBe(429);
  });

  test('a limit that is no whole number keeps the Ingress out', async () => {
    expect((await serve({ 'limit-rps': '0.5' }).get()).status).toBe(404);
  });
});

describe('limit-rate and limit-rate-after', () => {
  const KIB = 1024;
  /** Milliseconds until a body of so many KiB was there, and what came. */
  async function takes(annotations: Record<string, string>, kib: number) {
    const { world, get } = serve(annotations, { endpoints: 0 });
    world.network.attach('10.244.9.1', {
      listener: () => ({
        http: async (_request, response) => {
          response.writeHead(200, ['Content-Length', String(kib * KIB)]);
          for (let i = 0; i < kib; i++) if (!response.write('x'.repeat(KIB))) await response.drained();
          response.end();
        },
      }),
    });
    world.scale('web', 1, '10.244.9.1');
    const { body, status } = await get();
    return { status, length: body.length, duration: world.records.newest(1)[0]?.duration ?? 0 };
  }

  test('so many KiB a second, the first second at once', async () => {
    expect(await takes({}, 40)).toEqual({ status: 200, length: 40 * KIB, duration: 0 });
    const limited = await takes({ 'limit-rate': '10' }, 40);
    expect(limited).toMatchObject({ status: 200, length: 40 * KIB });
    expect(limited.duration).toBeGreaterThan(2500);
    expect(limited.duration).toBeLessThan(4100);
  });

  test('what is sent before does not count', async () => {
    expect((await takes({ 'limit-rate': '10', 'limit-rate-after': '40' }, 40)).duration).toBe(0);
    expect((await takes({ 'limit-rate-after': '1' }, 40)).duration).toBe(0);
  });

  test('the pod waits; with proxy-buffering it does not', async () => {
    const ended = async (annotations: Record<string, string>) => {
      let at = 0;
      const { world, get } = serve({ 'limit-rate': '10', ...annotations }, { endpoints: 0 });
      const { clock } = world.server;
      world.network.attach('10.244.9.1', {
        listener: () => ({
          http: async (_request, response) => {
            const start = clock.requestNow();
            response.writeHead(200, ['Content-Length', String(60 * KIB)]);
            for (let i = 0; i < 60; i++) if (!response.write('x'.repeat(KIB))) await response.drained();
            response.end();
            at = clock.requestNow() - start;
          },
        }),
      });
      world.scale('web', 1, '10.244.9.1');
      await get();
      return at;
    };
    expect(await ended({})).toBeGreaterThan(4000);
    expect(await ended({ 'proxy-buffering': 'on' })).toBe(0);
  });

  test('a client that leaves ends it', async () => {
    const { world, replica } = serve({ 'limit-rate': '1' }, { endpoints: 0 });
    world.network.attach('10.244.9.1', {
      listener: () => ({
        http: (_request, response) => {
          response.writeHead(200, []);
          response.end('x'.repeat(100 * KIB));
        },
      }),
    });
    world.scale('web', 1, '10.244.9.1');
    const client = new ClientResponse();
    replica.listener(80)?.http?.(edgeRequest({ host: 'app.test' }), client);
    world.advance(3000);
    const { length } = client.body;
    client.leave();
    world.advance(60_000);
    expect(client.body.length).toBe(length);
    expect(world.records.newest(1)[0]).toMatchObject({ status: 200, reason: 'client-closed' });
  });
});

describe('limit-connections', () => {
  test('counts what is under way', async () => {
    const { world } = serve({ 'limit-connections': '2' });
    const slow = { host: 'app.test', path: '/slow', remoteAddress: '10.0.0.1' };
    const first = await world.sendAll([slow, slow, slow, { ...slow, remoteAddress: '10.0.0.2' }]);
    expect(first.map(({ status }) => status)).toEqual([200, 200, 503, 200]);
    const second = await world.sendAll([slow, slow]);
    expect(second.map(({ status }) => status)).toEqual([200, 200]);
  });
});
