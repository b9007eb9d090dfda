import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { openFeedSocket } from '../../sim-core/src/host/control/testing/feed-socket.ts';
import { WatchedSandbox } from './testing/watched-sandbox.ts';

const POLICY = "default-src 'self'; connect-src 'self'; frame-ancestors 'none'";

describe.skipIf(!available('chromium'))('who may use a running sandbox', () => {
  let sandbox: WatchedSandbox;
  let classroom: string;
  let elsewhere: Server;

  beforeAll(async () => {
    sandbox = await WatchedSandbox.start(['--no-load', '--classroom', '0']);
    classroom = sandbox.classroom.replace(/\/\/[^/]+:(\d+)\//, '//127.0.0.1:$1/');
    elsewhere = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end('<h1>other</h1>'),
    );
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    elsewhere?.close();
    elsewhere?.closeAllConnections();
    await sandbox?.close();
  });

  const statusOf = (headers: Record<string, string>, token = sandbox.token) =>
    new Promise<number>((resolve) => {
      const socket = openFeedSocket(sandbox.control, token, { epoch: '', seq: 0 }, headers);
      socket.on('error', () => {});
      socket.on('open', () => resolve(101));
      socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
    });

  test('check 40: another host 421, a feed of another origin 403, text 415, no session 401, and the policy on every answer', async () => {
    const { control, token, place } = sandbox;
    const { port } = new URL(control);
    const curl = async (...args: string[]) =>
      (await place.run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', ...args])).stdout;
    expect(await curl('-H', 'Host: evil.test', `${control}/`)).toBe('421');
    expect(await curl('-H', `Host: evil.test:${port}`, `${control}/api/v1/snapshot`)).toBe('421');
    expect(await curl(`${control}/api/v1/snapshot`)).toBe('401');
    const bearer = ['-H', `Authorization: Bearer ${token}`];
    expect(await curl(...bearer, '-H', 'Content-Type: text/plain', '-d', '{}', `${control}/api/v1/apply`)).toBe('415');
    expect(
      await curl(
        ...bearer,
        '-H',
        'Content-Type: application/json',
        '-H',
        'Origin: http://evil.test',
        '-d',
        '{}',
        `${control}/api/v1/reset`,
      ),
    ).toBe('403');
    expect(await statusOf({ origin: '' })).toBe(403);
    expect(await statusOf({ origin: 'http://evil.test' })).toBe(403);
    expect(await statusOf({ origin: `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}` })).toBe(403);
    expect(await statusOf({}, 'wrong')).toBe(401);
    expect(await statusOf({})).toBe(101);
    for (const url of [`${control}/`, `${control}/api/v1/split`, `${classroom}`]) {
      const { headers } = await fetch(url, { redirect: 'manual' });
      expect(headers.get('content-security-policy')).toBe(POLICY);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('check 40: a page on another port of this machine can neither open the feed nor apply, although its requests carry the cookie', async () => {
    const { page, context } = await sandbox.open();
    // Something that a reset would undo. The revision itself goes on by leases and by pods that are still starting.
    expect((await sandbox.call('PATCH', '/weight', { ingress: 'canary', weight: 37 })).status).toBe(200);
    const other = await context.newPage();
    await other.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
    const tried = await other.evaluate(async (control) => {
      const attempt = (init: RequestInit) =>
        fetch(`${control}/api/v1/reset`, { method: 'POST', credentials: 'include', ...init }).then(
          ({ status, type }) => `${type} ${status}`,
          () => 'refused',
        );
      const feed = new Promise((resolve) => {
        const socket = new WebSocket(`${control.replace('http', 'ws')}/api/v1/feed?epoch=&seq=0`);
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      });
      return {
        json: await attempt({ body: '{}', headers: { 'content-type': 'application/json' } }),
        text: await attempt({ body: '{}', mode: 'no-cors' }),
        read: await fetch(`${control}/api/v1/snapshot`, { credentials: 'include' }).then(
          () => 'read',
          () => 'refused',
        ),
        feed: await feed,
      };
    }, sandbox.control);
    expect(tried).toEqual({
      json: 'refused',
      text: expect.stringMatching(/^opaque|refused/),
      read: 'refused',
      feed: 'refused',
    });
    expect((await sandbox.split()).weight).toBe(37);
    expect(await page.locator('.map__heading').count()).toBe(8);
  });

  test('check 40: the viewer port answers every write with 404 or 405, and its page has no controls', async () => {
    const { origin, searchParams } = new URL(classroom);
    const headers = { authorization: `Bearer ${searchParams.get('token')}`, 'content-type': 'application/json' };
    for (const [method, path] of [
      ['POST', 'apply'],
      ['POST', 'delete'],
      ['POST', 'reset'],
      ['PATCH', 'clock'],
      ['POST', 'load'],
      ['DELETE', 'load/1'],
      ['POST', 'send'],
      ['POST', 'kubectl'],
      ['POST', 'save'],
      ['PATCH', 'weight'],
    ] as const) {
      const answer = await fetch(`${origin}/api/v1/${path}`, {
        method,
        headers,
        ...(method === 'DELETE' ? {} : { body: '{}' }),
      });
      expect([404, 405], `${method} ${path}`).toContain(answer.status);
    }
    const page = await (await sandbox.browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage();
    await page.goto(classroom);
    await page.locator('.badge--viewer').waitFor();
    expect(page.url()).toBe(`${origin}/`);
    expect(await page.getByRole('button', { name: /^(Send 1|Run|Stop|Apply|Delete a pod)$/ }).count()).toBe(0);
    await page.context().close();
  });
});
