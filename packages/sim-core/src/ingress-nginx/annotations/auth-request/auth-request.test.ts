import { describe, expect, test } from 'vitest';
import { headerValue } from '../../../workloads/workload.ts';
import { configMapOf, recorder, serve } from '../../testing/served.ts';
import type { TestIngress } from '../../testing/test-ingress.ts';

const STATUSES: Readonly<Record<string, number>> = {
  '/ok': 200,
  '/made': 202,
  '/no': 401,
  '/forbidden': 403,
  '/moved': 302,
};
const ANSWER = ['X-User', 'alice', 'X-Empty', '', 'Set-Cookie', 'session=1', 'WWW-Authenticate', 'Bearer'];

interface GuardOptions {
  readonly answer?: readonly string[];
  prepare?(world: TestIngress): void;
  readonly tls?: boolean;
  readonly paths?: Record<string, string>;
}

function guard(path: string, annotations: Record<string, string> = {}, options: GuardOptions = {}) {
  const { answer = ANSWER, prepare, ...others } = options;
  const auth = recorder((asked) => STATUSES[asked] ?? 500, answer);
  const served = serve(
    { 'auth-url': `http://auth.test:8000${path}`, ...annotations },
    {
      ...others,
      prepare: (world) => {
        world.externalHosts.add('auth.test:8000', auth.workload);
        prepare?.(world);
      },
    },
  );
  return { ...served, asked: auth.asked };
}

const headersOf =
  ({ headers }: { headers: readonly string[] } = { headers: [] }) =>
  (name: string) =>
    headerValue(headers, name);

describe('auth-url', () => {
  test.each([
    ['/ok', 200],
    ['/made', 200],
    ['/no', 401],
    ['/forbidden', 403],
    ['/moved', 500],
    ['/broken', 500],
  ])('%s: %i', async (path, status) => {
    expect((await guard(path).get()).status).toBe(status);
  });

  test('the service sees who asks for what, and nothing of the body', async () => {
    const { get, asked } = guard('/ok');
    await get('/p?q=1', { method: 'POST', body: 'secret', headers: ['Authorization', 'Bearer x', 'X-Own', '1'] });
    const [request] = asked;
    expect(request).toMatchObject({ method: 'GET', url: '/ok', body: '' });
    const header = (name: string) => headerValue(request?.headers ?? [], name);
    expect(header('host')).toBe('auth.test');
    expect(header('connection')).toBe('close');
    expect(header('x-original-uri')).toBeUndefined();
    expect(header('x-original-url')).toBe('http://app.test/p?q=1');
    expect(header('x-original-method')).toBe('POST');
    expect(header('x-auth-request-redirect')).toBe('/p?q=1');
    expect(header('authorization')).toBe('Bearer x');
    expect(header('x-own')).toBe('1');
    expect(header('content-length')).toBeUndefined();
  });

  test('its headers go to the pod in place of the client’s, its cookie to the client', async () => {
    const { get } = guard('/ok', { 'auth-response-headers': 'X-User, X-Empty' });
    const answer = await get('/', { headers: ['X-User', 'mallory', 'X-Empty', 'mallory'] });
    expect(answer.echo?.headers['x-user']).toBe('alice');
    expect(answer.echo?.headers['x-empty']).toBeUndefined();
    expect(answer.header('set-cookie')).toBe('session=1');
  });

  test('a body reaches the pod all the same', async () => {
    const { get } = guard('/ok');
    expect((await get('/', { method: 'POST', body: 'hello' })).echo?.body).toBe('hello');
  });

  test('variables', async () => {
    const { get, asked } = guard('/ok?for=$host');
    await get();
    expect(asked[0]?.url).toBe('/ok?for=app.test');
  });

  test('401 asks for what the service asks for', async () => {
    expect((await guard('/no').get()).header('www-authenticate')).toBe('Bearer');
  });

  test('a service that is not there: 500', async () => {
    const { get } = serve({ 'auth-url': 'http://nowhere.test/ok' });
    expect((await get()).status).toBe(500);
  });

  test('a URL that is none: 503', async () => {
    expect((await serve({ 'auth-url': 'not a url' }).get()).status).toBe(503);
  });

  test('auth-method: the service is told the URI in two more headers', async () => {
    const { get, asked } = guard('/ok', { 'auth-method': 'POST' });
    await get('/p?q');
    expect(asked[0]?.method).toBe('POST');
    expect(headersOf(asked[0])('x-original-uri')).toBe('/p?q');
    expect(headersOf(asked[0])('x-scheme')).toBe('http');
  });

  test('a URL without path asks for the name of nginx’s own location', async () => {
    const { get, asked } = guard('');
    await get('/p');
    expect(asked[0]?.url).toBe('/_external-auth-Lw-Prefix');
  });

  test('auth-request-redirect', async () => {
    const { get, asked } = guard('/ok', { 'auth-request-redirect': '/start' });
    await get('/p');
    expect(headersOf(asked[0])('x-auth-request-redirect')).toBe('/start');
  });

  test('paths of no-auth-locations are free', async () => {
    const { get, asked } = guard('/no', {}, { paths: { '/': 'web', '/.well-known/acme-challenge': 'web' } });
    expect((await get('/.well-known/acme-challenge/x')).status).toBe(200);
    expect((await get('/.well-known/other')).status).toBe(401);
    expect(asked).toHaveLength(1);
  });

  test('the redirect to https comes first: nobody is asked', async () => {
    const auth = recorder(() => 200);
    const { get } = serve(
      { 'auth-url': 'http://auth.test/ok' },
      { tls: true, prepare: (world) => world.externalHosts.add('auth.test:80', auth.workload) },
    );
    expect((await get()).status).toBe(308);
    expect(auth.asked).toEqual([]);
  });
});

describe('auth-signin', () => {
  test.each([
    ['https://l.test/in', 'https://l.test/in?rd=http://app.test%2Fp%3Fq%3D1'],
    ['https://l.test/in?a=b', 'https://l.test/in?a=b&rd=http://app.test%2Fp%3Fq%3D1'],
    ['https://l.test/in?rd=x', 'https://l.test/in?rd=x'],
    ['/in', 'http://app.test/in?rd=http://app.test%2Fp%3Fq%3D1'],
  ])('%s', async (signin, location) => {
    expect(await guard('/no', { 'auth-signin': signin }).get('/p?q=1')).toMatchObject({ status: 302, location });
  });

  test('the parameter may have another name', async () => {
    const { get } = guard('/no', { 'auth-signin': 'https://l.test', 'auth-signin-redirect-param': 'next' });
    expect((await get('/p')).location).toBe('https://l.test?next=http://app.test%2Fp');
  });

  test('403 is no question of signing in', async () => {
    expect((await guard('/forbidden', { 'auth-signin': 'https://l.test/in' }).get()).status).toBe(403);
  });
});

describe('auth-proxy-set-headers', () => {
  const headers = configMapOf('headers', { 'X-Realm': 'shop', 'X-Own': '$host' });
  const withHeaders = (name: string, more: readonly unknown[] = [headers]) =>
    guard('/ok', { 'auth-proxy-set-headers': name }, { prepare: (world) => world.load(more) });

  test.each(['headers', 'default/headers'])('%s: the service gets them in place of the client’s', async (name) => {
    const { get, asked } = withHeaders(name);
    expect((await get('/', { headers: ['X-Own', 'mallory'] })).status).toBe(200);
    expect(headersOf(asked[0])('x-realm')).toBe('shop');
    expect(headersOf(asked[0])('x-own')).toBe('app.test');
  });

  test.each([
    ['no such ConfigMap', 'others', [headers]],
    ['another namespace', 'other/headers', [configMapOf('headers', {}, 'other')]],
    ['a name that is none', 'bad', [configMapOf('bad', { 'X Y': '1' })]],
  ])('%s: 503', async (_name, name, objects) => {
    expect((await withHeaders(name, objects).get()).status).toBe(503);
  });

  test('another namespace, where the ConfigMap allows it', async () => {
    const { get } = guard(
      '/ok',
      { 'auth-proxy-set-headers': 'other/headers' },
      {
        prepare: (world) => {
          world.configure({ 'allow-cross-namespace-resources': 'true' });
          world.load([configMapOf('headers', { 'X-A': '1' }, 'other')]);
        },
      },
    );
    expect((await get()).status).toBe(200);
  });
});

describe('the cookie of the service', () => {
  const cookieOf = async (path: string, annotations: Record<string, string> = {}) =>
    (await guard(path, annotations).get()).header('set-cookie');

  test('goes along with a redirect to sign in, but not with an error', async () => {
    expect(await cookieOf('/no')).toBeUndefined();
    expect(await cookieOf('/no', { 'auth-signin': '/in' })).toBe('session=1');
  });

  test('auth-always-set-cookie: with errors, too', async () => {
    expect(await cookieOf('/no', { 'auth-always-set-cookie': 'true' })).toBe('session=1');
    expect(await cookieOf('/broken', { 'auth-always-set-cookie': 'true' })).toBe('session=1');
  });

  test('several become one header', async () => {
    const { get } = guard('/ok', {}, { answer: ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2'] });
    expect((await get()).header('set-cookie')).toBe('a=1, b=2');
  });
});

describe('auth-cache-key', () => {
  const cached = (
    path: string,
    annotations: Record<string, string> = {},
    answer: readonly string[] = ['X-User', 'alice'],
  ) =>
    guard(path, { 'auth-cache-key': '$http_x_token', 'auth-response-headers': 'X-User', ...annotations }, { answer });

  test('the same key is asked for once; headers come from what is remembered', async () => {
    const { get, asked } = cached('/ok');
    await get('/', { headers: ['X-Token', 'a'] });
    expect((await get('/p', { headers: ['X-Token', 'a'] })).echo?.headers['x-user']).toBe('alice');
    expect(asked).toHaveLength(1);
    await get('/', { headers: ['X-Token', 'b'] });
    expect(asked).toHaveLength(2);
  });

  test('a refusal is remembered, too', async () => {
    const { get, asked } = cached('/no');
    await get();
    expect((await get()).status).toBe(401);
    expect(asked).toHaveLength(1);
  });

  test('403 is not: it is in no list', async () => {
    const { get, asked } = cached('/forbidden');
    await get();
    await get();
    expect(asked).toHaveLength(2);
  });

  test('auth-cache-duration says for how long, and outlives a reload', async () => {
    const { get, asked, world } = cached('/ok', { 'auth-cache-duration': '200 1m' });
    await get();
    world.configure({ 'server-tokens': 'true' });
    world.advance(59_000);
    await get();
    expect(asked).toHaveLength(1);
    world.advance(2_000);
    await get();
    expect(asked).toHaveLength(2);
  });

  test.each<[string, readonly string[], number]>([
    ['a cookie', ['Set-Cookie', 'a=1'], 2],
    ['Cache-Control: no-store', ['Cache-Control', 'no-store'], 2],
    ['Cache-Control: max-age', ['Cache-Control', 'max-age=3600'], 1],
    ['Expires in the past', ['Expires', 'Thu, 01 Jan 2015 00:00:00 GMT'], 2],
    ['Vary: *', ['Vary', '*'], 2],
    ['Vary: X-Token', ['Vary', 'X-Token'], 1],
    ['X-Accel-Expires: 0', ['X-Accel-Expires', '0', 'Cache-Control', 'max-age=60'], 2],
  ])('what the service says of caching counts: %s', async (_name, answer, times) => {
    const { get, asked } = cached('/ok', {}, answer);
    await get('/', { headers: ['X-Token', 'a'] });
    await get('/', { headers: ['X-Token', 'a'] });
    expect(asked).toHaveLength(times);
  });

  test('a time that nginx does not know: the configuration is refused', () => {
    expect(cached('/ok', { 'auth-cache-duration': '200 500ms' }).replica.failure()).toBe(
      'nginx: [emerg] invalid time value "500ms"',
    );
  });
});

describe('the service of the ConfigMap', () => {
  const withGlobal = (annotations: Record<string, string>, keys: Record<string, string> = {}) => {
    const auth = recorder((asked) => STATUSES[asked] ?? 500, ANSWER);
    const served = serve(annotations, {
      prepare: (world) => {
        world.externalHosts.add('auth.test:80', auth.workload);
        world.configure({ 'global-auth-url': 'http://auth.test/no', ...keys });
      },
    });
    return { ...served, asked: auth.asked };
  };

  test('is asked for every location', async () => {
    expect((await withGlobal({}).get()).status).toBe(401);
  });

  test('not where nothing fits, nor for /healthz', async () => {
    const { world, asked } = withGlobal({});
    expect((await world.send({ host: 'other.test', path: '/' })).status).toBe(404);
    expect((await world.send({ host: 'other.test', path: '/healthz' })).status).toBe(200);
    expect(asked).toEqual([]);
  });

  test('enable-global-auth: false', async () => {
    expect((await withGlobal({ 'enable-global-auth': 'false' }).get()).status).toBe(200);
  });

  test('auth-url comes before it', async () => {
    expect((await withGlobal({ 'auth-url': 'http://auth.test/ok' }).get()).status).toBe(200);
  });

  test('with all that an Ingress could say', async () => {
    const { get, asked } = withGlobal(
      {},
      {
        'global-auth-method': 'POST',
        'global-auth-signin': 'http://l.test/in',
        'global-auth-signin-redirect-param': 'next',
        'global-auth-request-redirect': '/start',
      },
    );
    expect(await get('/p')).toMatchObject({ status: 302, location: 'http://l.test/in?next=http://app.test%2Fp' });
    expect(asked[0]?.method).toBe('POST');
    expect(headersOf(asked[0])('x-auth-request-redirect')).toBe('/start');
  });
});
