import { describe, expect, test } from 'vitest';
import { ingressOf } from '../../testing/ingress-of.ts';
import { serve } from '../../testing/served.ts';

describe('permanent and temporal redirect', () => {
  test.each<[Record<string, string>, number, string | undefined]>([
    [{ 'permanent-redirect': 'https://n.test/x?y=1' }, 301, 'https://n.test/x?y=1'],
    [{ 'permanent-redirect': 'https://n.test', 'permanent-redirect-code': '308' }, 308, 'https://n.test'],
    [{ 'permanent-redirect': 'https://n.test', 'permanent-redirect-code': '500' }, 301, 'https://n.test'],
    [{ 'permanent-redirect': 'https://n.test', 'temporal-redirect': 'https://t.test' }, 302, 'https://t.test'],
    [{ 'temporal-redirect': 'https://t.test', 'temporal-redirect-code': '303' }, 303, 'https://t.test'],
    [{ 'permanent-redirect': 'https://n.test', 'permanent-redirect-code': '300' }, 300, undefined],
  ])('%j', async (annotations, status, location) => {
    expect(await serve(annotations).get('/a?b=c')).toMatchObject({ status, location });
  });

  test('needs no Service, and comes before https', async () => {
    const { get } = serve({ 'permanent-redirect': 'https://n.test' }, { paths: { '/': 'missing' }, tls: true });
    expect(await get()).toMatchObject({ status: 301, location: 'https://n.test' });
  });

  test('a code that nginx has no Location for carries the URL as its text', async () => {
    const { get } = serve({ 'permanent-redirect': 'https://n.test', 'permanent-redirect-code': '300' });
    expect((await get()).body).toBe('https://n.test');
  });
});

describe('from-to-www-redirect', () => {
  test('sends the other name here, path and query kept, the slash at the end lost', async () => {
    const { get } = serve({ 'from-to-www-redirect': 'true' });
    const answer = await get('/a/?b=c', { host: 'www.app.test' });
    expect(answer).toMatchObject({ status: 308, location: 'http://app.test:80/a/?b=c' });
    expect((await get('/a/', { host: 'WWW.app.test:8080', scheme: 'https' })).location).toBe('https://app.test:443/a');
    expect((await get('/a')).status).toBe(200);
  });

  test('a name with an Ingress of its own is left alone', async () => {
    const { get } = serve(
      { 'from-to-www-redirect': 'true' },
      { prepare: (world) => world.load([ingressOf('www', { host: 'www.app.test', paths: { '/': 'web' } })]) },
    );
    expect((await get('/', { host: 'www.app.test' })).status).toBe(200);
  });

  test('from a host that begins with www. to the one that does not', async () => {
    const { get } = serve(
      {},
      {
        prepare: (world) =>
          world.load([
            ingressOf('www', {
              host: 'www.shop.test',
              paths: { '/': 'web' },
              annotations: { 'from-to-www-redirect': 'true' },
            }),
          ]),
      },
    );
    expect((await get('/', { host: 'shop.test' })).location).toBe('http://www.shop.test:80');
  });
});

test('from a wildcard it would be a name that nginx refuses', () => {
  const wildcard = { host: '*.shop.test', paths: { '/': 'web' }, annotations: { 'from-to-www-redirect': 'true' } };
  const { replica } = serve({}, { prepare: (world) => world.load([ingressOf('www', wildcard)]) });
  expect(replica.failure()).toBe('nginx: [emerg] invalid server name or wildcard "www.*.shop.test" on 0.0.0.0:80');
});

test('304 has no body, whatever the target', async () => {
  const { get } = serve({ 'permanent-redirect': 'https://n.test', 'permanent-redirect-code': '304' });
  expect(await get()).toMatchObject({ status: 304, body: '', location: undefined });
});

describe('relative-redirects and use-port-in-redirects', () => {
  const paths = { '/app/': 'web' };

  test('the redirect to the slash names the path only', async () => {
    const slash = async (annotations: Record<string, string>) =>
      (await serve(annotations, { paths }).get('/app?a=b', { host: 'APP.test:8080' })).location;
    expect(await slash({})).toBe('http://app.test/app/?a=b');
    expect(await slash({ 'relative-redirects': 'true' })).toBe('/app/?a=b');
    expect(await slash({ 'use-port-in-redirects': 'true' })).toBe('http://app.test/app/?a=b');
  });

  test('the redirect to https names the controller’s port', async () => {
    const { get } = serve({ 'use-port-in-redirects': 'true', 'force-ssl-redirect': 'true' });
    expect((await get('/a')).location).toBe('https://app.test:443/a');
  });
});
