import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runningControl, TOKEN } from './testing/running-control.ts';

const json = { 'content-type': 'application/json' };

describe('who may use the control port (ui.md 4.6, check 40)', () => {
  it('answers under its own names only', async () => {
    const { call, control, bearer } = await runningControl();
    for (const host of ['evil.test', `evil.test:${control.port}`, '127.0.0.1:1', '127.0.0.1', 'localhost']) {
      expect((await call('GET', '/api/v1/version', { headers: { ...bearer, host } })).status, host).toBe(421);
      expect((await call('GET', '/', { headers: { host } })).status, host).toBe(421);
    }
    for (const host of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]']) {
      const headers = { ...bearer, host: `${host}:${control.port}` };
      expect((await call('GET', '/api/v1/version', { headers })).status, host).toBe(200);
    }
  });

  it('listens on IPv4 and, where there is one, IPv6 loopback with the same port', async () => {
    const { control } = await runningControl();
    const socket = connect({ host: '::1', port: control.port });
    const outcome = await new Promise<string>((resolve) => {
      socket.on('connect', () => resolve('connected'));
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
    });
    socket.destroy();
    expect(['connected', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENETUNREACH']).toContain(outcome);
  });

  it('asks for a session, except for /healthz and the page', async () => {
    const { call, api, control } = await runningControl();
    for (const path of ['/api/v1/snapshot', '/api/v1/split', '/api/v1/nothing', '/metrics']) {
      const answer = await call('GET', path);
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.json().message).toContain('no session');
    }
    expect((await call('POST', '/api/v1/apply', { body: {} })).status).toBe(401);
    expect((await call('GET', '/api/v1/split', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect((await call('GET', '/api/v1/split', { headers: { cookie: `sid_1=${TOKEN}` } })).status).toBe(401);
    expect((await call('GET', '/api/v1/split', { headers: { cookie: `sid_${control.port}=${TOKEN}` } })).status).toBe(
      200,
    );
    expect((await api('GET', '/split')).status).toBe(200);
    expect((await call('GET', '/healthz')).status).toBe(200);
  });

  it('exchanges the token of the link for a cookie of this port, and leaves a clean URL', async () => {
    const { call, control } = await runningControl();
    const answer = await call('GET', `/?token=${TOKEN}&lesson=4`);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/?lesson=4');
    expect(answer.headers['set-cookie']).toEqual([`sid_${control.port}=${TOKEN}; HttpOnly; SameSite=Strict; Path=/`]);
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    expect((await call('GET', '/?token=wrong')).status).toBe(403);
    expect((await call('GET', '/?token=')).status).toBe(403);
    expect((await call('GET', `//evil.test/?token=${TOKEN}`)).status).toBe(400);
    expect((await call('GET', `/\\evil.test/?token=${TOKEN}`)).status).toBe(400);
    expect(control.link).toBe(`http://127.0.0.1:${control.port}/?token=${TOKEN}`);
  });

  it('takes writes from its own page or from a program with the token, as JSON', async () => {
    const { call, control, origin, bearer } = await runningControl();
    const cookie = { cookie: `sid_${control.port}=${TOKEN}` };
    const clock = async (headers: Record<string, string>) =>
      (await call('PATCH', '/api/v1/clock', { headers, body: { advance: '1s' } })).status;
    expect(await clock({ ...bearer })).toBe(200);
    expect(await clock({ ...cookie, origin })).toBe(200);
    expect(await clock({ ...cookie, origin, 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await clock({ ...cookie, origin: 'http://127.0.0.1:1' })).toBe(403);
    expect(await clock({ ...cookie, origin: 'http://evil.test' })).toBe(403);
    expect(await clock({ ...cookie, origin, 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await clock({ ...cookie })).toBe(403);
    expect(await clock({ ...bearer, origin: 'http://evil.test' })).toBe(403);
    expect(await clock({ ...bearer, 'content-type': 'text/plain' })).toBe(415);
    expect(await clock({ ...bearer, 'content-type': 'application/x-www-form-urlencoded' })).toBe(415);
  });

  it('answers no preflight: no other origin ever gets a CORS header', async () => {
    const { call, bearer } = await runningControl();
    const headers = { origin: 'http://127.0.0.1:1', 'access-control-request-method': 'POST' };
    for (const answer of [
      await call('OPTIONS', '/api/v1/apply', { headers }),
      await call('OPTIONS', '/api/v1/apply', { headers: { ...headers, ...bearer } }),
      await call('GET', '/api/v1/split', { headers: { ...headers, ...bearer } }),
    ]) {
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('opens the feed to its own origin only, port included', async () => {
    const { feed, control, origin, bearer } = await runningControl();
    const cookie = { cookie: `sid_${control.port}=${TOKEN}` };
    const statusOf = (headers: Record<string, string>, path?: string) =>
      new Promise<number>((resolve) => {
        const reader = feed(path ?? '', headers);
        reader.socket.on('upgrade', ({ statusCode }) => resolve(statusCode ?? 0));
        reader.socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
      });
    expect(await statusOf({ ...cookie, origin })).toBe(101);
    expect(await statusOf({ ...cookie, origin: `http://localhost:${control.port}` })).toBe(101);
    expect(await statusOf({ ...cookie })).toBe(403);
    expect(await statusOf({ ...bearer })).toBe(403);
    expect(await statusOf({ ...cookie, origin: 'http://evil.test' })).toBe(403);
    expect(await statusOf({ ...cookie, origin: 'http://127.0.0.1:1' })).toBe(403);
    expect(await statusOf({ origin })).toBe(401);
    expect(await statusOf({ ...cookie, origin, host: 'evil.test' })).toBe(421);
    expect(await statusOf({ ...cookie, origin }, '/elsewhere')).toBe(404);
  });

  it('adds exactly the public URL', async () => {
    const publicUrl = 'https://name-8088.app.example.dev';
    const { call, bearer, control } = await runningControl({ publicUrl });
    const headers = { ...bearer, host: 'name-8088.app.example.dev' };
    expect(
      (await call('PATCH', '/api/v1/clock', { headers: { ...headers, origin: publicUrl }, body: {} })).status,
    ).toBe(200);
    expect(
      (
        await call('PATCH', '/api/v1/clock', {
          headers: { ...headers, origin: 'http://name-8088.app.example.dev' },
          body: {},
        })
      ).status,
    ).toBe(403);
    expect(
      (await call('GET', '/api/v1/split', { headers: { ...bearer, host: 'other-8088.app.example.dev' } })).status,
    ).toBe(421);
    expect(control.link).toBe(`${publicUrl}/?token=${TOKEN}`);
  });
});

describe('the page', () => {
  function folder(): string {
    const directory = mkdtempSync(join(tmpdir(), 'ui-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    mkdirSync(join(directory, 'assets'));
    writeFileSync(join(directory, 'index.html'), '<!doctype html><title>page</title>');
    writeFileSync(join(directory, 'assets', 'index-abc.js'), 'export {};');
    writeFileSync(join(directory, '.secret.html'), 'not for browsers');
    writeFileSync(join(directory, '..', 'outside.html'), 'not for browsers');
    onTestFinished(() => rmSync(join(directory, '..', 'outside.html')));
    return directory;
  }

  it('is served without a session, under its own rules', async () => {
    const { call } = await runningControl({ uiDirectory: folder() });
    const page = await call('GET', '/');
    expect(page.status).toBe(200);
    expect(page.text).toContain('<title>page</title>');
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'self'; connect-src 'self'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
    expect((await call('GET', '/', { headers: { 'if-none-match': page.headers.etag ?? '' } })).status).toBe(304);
    const script = await call('GET', '/assets/index-abc.js');
    expect(script.headers['cache-control']).toContain('immutable');
    expect((await call('HEAD', '/assets/index-abc.js')).text).toBe('');
    expect((await call('POST', '/', { headers: json, body: {} })).status).toBe(405);
  });

  it.each([
    '/../outside.html',
    '/%2e%2e/outside.html',
    '/..%2foutside.html',
    '/.secret.html',
    '/assets',
    '/nothing.html',
    '/index.html%00.js',
  ])('has nothing at %s', async (path) => {
    const { call } = await runningControl({ uiDirectory: folder() });
    const answer = await call('GET', path);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('not for browsers');
  });

  it('says how to get it where it is not built', async () => {
    const { call } = await runningControl();
    expect((await call('GET', '/')).json().message).toContain('pnpm build');
  });
});
