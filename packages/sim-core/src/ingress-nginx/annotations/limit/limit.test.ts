import { describe, expect, test } from 'vitest';
import { ingressOf } from '../../testing/ingress-of.ts';
import { serve } from '../../testing/served.ts';

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
