import { describe, expect, test } from 'vitest';
import { serve } from '../../testing/served.ts';

describe('the redirect to https', () => {
  test.each([
    ['/', 'https://app.test'],
    ['/a/', 'https://app.test/a'],
    ['/a?b=c', 'https://app.test/a?b=c'],
    ['/a?b=c/', 'https://app.test/a?b=c'],
    ['/%20/x', 'https://app.test/%20/x'],
  ])('%s → %s', async (path, location) => {
    const { get } = serve({}, { tls: true });
    expect(await get(path, { host: 'app.test:8080' })).toMatchObject({ status: 308, location });
  });

  test('a path of no-tls-redirect-locations and what is below it is spared, where it is a location of its own', async () => {
    const acme = '/.well-known/acme-challenge';
    const own = serve({}, { tls: true, paths: { '/': 'web', [acme]: 'web' } });
    for (const path of [acme, `${acme}/token`]) expect((await own.get(path)).status).toBe(200);
    expect((await own.get('/x')).status).toBe(308);
    expect((await serve({}, { tls: true }).get(`${acme}/token`)).status).toBe(308);
  });

  test('headers of a load balancer count only where they are trusted', async () => {
    const { get, world } = serve({}, { tls: true });
    const https = { headers: ['X-Forwarded-Proto', 'https'] };
    expect((await get('/', https)).status).toBe(308);
    world.configure({ 'use-forwarded-headers': 'true' });
    expect((await get('/', https)).status).toBe(200);
    const behind = { headers: ['X-Forwarded-Proto', 'http', 'X-Forwarded-Host', 'front.test, other.test'] };
    expect((await get('/x', { ...behind, scheme: 'https' })).location).toBe('https://front.test/x');
  });

  test('http-redirect-code of the ConfigMap', async () => {
    const { get, world } = serve({}, { tls: true });
    world.configure({ 'http-redirect-code': '301' });
    expect((await get()).status).toBe(301);
  });

  test('HSTS is on every https answer, nginx’s own included', async () => {
    const { get, world } = serve({}, { tls: true });
    const hsts = async (path: string) => (await get(path, { scheme: 'https' })).header('strict-transport-security');
    expect(await hsts('/')).toBe('max-age=31536000; includeSubDomains');
    world.scale('web', 0);
    expect(await hsts('/')).toBe('max-age=31536000; includeSubDomains');
    world.configure({ 'hsts-preload': 'true', 'hsts-max-age': '60', 'hsts-include-subdomains': 'false' });
    expect(await hsts('/')).toBe('max-age=60; preload');
    expect((await get('/', { scheme: 'http' })).header('strict-transport-security')).toBeUndefined();
  });
});
