import { describe, expect, test } from 'vitest';
import { headerValue } from '../../../workloads/workload.ts';
import { recorder, serve } from '../../testing/served.ts';

const STATUSES: Readonly<Record<string, number>> = {
  '/ok': 200,
  '/made': 202,
  '/no': 401,
  '/forbidden': 403,
  '/moved': 302,
};
const ANSWER = ['X-User', 'alice', 'X-Empty', '', 'Set-Cookie', 'session=1', 'WWW-Authenticate', 'Bearer'];

function guard(path: string, annotations: Record<string, string> = {}) {
  const auth = recorder((asked) => STATUSES[asked] ?? 500, ANSWER);
  const served = serve(
    { 'auth-url': `http://auth.test${path}`, ...annotations },
    { prepare: (world) => world.externalHosts.add('auth.test:80', auth.workload) },
  );
  return { ...served, asked: auth.asked };
}

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

  test('auth-method', async () => {
    const { get, asked } = guard('/ok', { 'auth-method': 'POST' });
    await get();
    expect(asked[0]?.method).toBe('POST');
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
