import { describe, expect, test } from 'vitest';
import { serve } from '../testing/served.ts';

/* rewrite-target, use-regex, app-root, x-forwarded-prefix: they act together. */

describe('rewrite-target', () => {
  const groups = { '/something(/|$)(.*)': { service: 'web', pathType: 'ImplementationSpecific' } };

  test.each([
    ['/something', '/'],
    ['/something/', '/'],
    ['/something/new?x=1', '/new?x=1'],
    ['/SOMETHING/New', '/New'],
    ['/something/a%2Fb', '/a/b'],
    ['/something/%C3%BC', '/%C3%BC'],
    ['/something/a%3Fb', '/a%3Fb'],
  ])('%s → %s', async (path, expected) => {
    const { get } = serve({ 'rewrite-target': '/$2', 'use-regex': 'true' }, { paths: groups });
    expect((await get(path)).echo?.url).toBe(expected);
  });

  test('without group all below the path becomes one address', async () => {
    const { get } = serve({ 'rewrite-target': '/' }, { paths: { '/app': 'web' } });
    for (const path of ['/app', '/app/deep/er', '/application']) expect((await get(path)).echo?.url).toBe('/');
  });

  test('variables and named groups', async () => {
    const paths = { '/u/([a-z]+)': { service: 'web', pathType: 'ImplementationSpecific' } };
    const { get } = serve({ 'rewrite-target': '/$host/$1/$request_method' }, { paths });
    expect((await get('/u/ann?q=1')).echo?.url).toBe('/app.test/ann/GET?q=1');
  });

  test('a target with a scheme is a redirect', async () => {
    const { get } = serve({ 'rewrite-target': 'https://new.test/$1' }, { paths: { '/old/(.*)': 'web' } });
    expect(await get('/old/a/b?c=d')).toMatchObject({ status: 302, location: 'https://new.test/a/b?c=d' });
  });

  test('the path itself as target changes no path, but makes regexes of the host', async () => {
    const { get } = serve({ 'rewrite-target': '/same' }, { paths: { '/same': { service: 'web', pathType: 'Exact' } } });
    expect((await get('/samex')).echo?.url).toBe('/samex');
  });

  test('a path that is no regex cannot be loaded', async () => {
    const { get, world, replica } = serve({ 'use-regex': 'true' }, { paths: { '/a(': 'web' } });
    expect((await get('/a(')).status).toBe(404);
    const warning = world.eventsOn(replica.pod.metadata.name).find(({ type }) => type === 'Warning');
    expect(warning).toMatchObject({
      reason: 'RELOAD',
      message: 'Error reloading NGINX: nginx: [emerg] pcre2_compile() failed: missing closing parenthesis in "^/a("',
    });
  });

  test.each(['/a(?!b)', '/(a)\\1', '/a++'])(
    'a path that only an engine could run that goes back is left out: %s',
    async (path) => {
      const { get, replica } = serve({ 'use-regex': 'true' }, { paths: { [path]: 'web', '/b': 'web' } });
      expect(replica.failure()).toBe('');
      expect((await get('/b')).status).toBe(200);
      expect((await get('/aa')).status).toBe(404);
      expect(replica.model().dropped).toMatchObject([{ path, reason: 'regex-refused' }]);
    },
  );

  test('where paths are no regexes, the same characters stand for themselves', async () => {
    const { get } = serve({}, { paths: { '/c++': 'web' } });
    expect((await get('/c++/x')).status).toBe(200);
  });

  test('an unknown variable cannot be loaded either', async () => {
    const { world, replica } = serve({ 'rewrite-target': '/$nonsense' }, { paths: { '/a': 'web' } });
    const messages = world.eventsOn(replica.pod.metadata.name).map(({ message }) => message);
    expect(messages.join()).toContain('unknown "nonsense" variable');
  });
});

describe('x-forwarded-prefix', () => {
  test('goes along with a rewrite only', async () => {
    const rewritten = serve({ 'rewrite-target': '/', 'x-forwarded-prefix': '/app' }, { paths: { '/app': 'web' } });
    expect((await rewritten.get('/app')).echo?.headers['x-forwarded-prefix']).toBe('/app');
    const plain = serve({ 'x-forwarded-prefix': '/app' });
    expect((await plain.get()).echo?.headers['x-forwarded-prefix']).toBeUndefined();
  });
});

describe('app-root', () => {
  test.each([
    ['/', 302, 'http://app.test/login'],
    ['/?a=b', 302, 'http://app.test/login'],
    ['//', 302, 'http://app.test/login'],
    ['/other', 200, undefined],
  ])('%s: %i %s', async (path, status, location) => {
    expect(await serve({ 'app-root': '/login' }).get(path)).toMatchObject({ status, location });
  });

  test('comes before the redirect to https', async () => {
    const { get } = serve({ 'app-root': '/login' }, { tls: true });
    expect((await get('/')).location).toBe('http://app.test/login');
    expect((await get('/', { scheme: 'https' })).location).toBe('https://app.test/login');
  });
});
