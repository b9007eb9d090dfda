import { describe, expect, test } from 'vitest';
import { echoOf } from '../../../conformance/ingress-nginx/backends.ts';
import { ingressOf } from '../../testing/ingress-of.ts';
import { type Served, serve } from '../../testing/served.ts';
import { TestIngress } from '../../testing/test-ingress.ts';

const COOKIE = { affinity: 'cookie', 'session-cookie-name': 'ROUTE' };
const cookieOf = (answer: Pick<Served, 'header'>) => (answer.header('set-cookie') ?? '').split(';')[0] ?? '';
const withCookie = (cookie: string) => ({ headers: ['Cookie', cookie] });

describe('a session cookie', () => {
  test.each(['balanced', 'persistent'])('%s: brings the client back to its pod', async (mode) => {
    const { get } = serve({ ...COOKIE, 'affinity-mode': mode }, { endpoints: 5 });
    for (let client = 0; client < 5; client++) {
      const first = await get();
      for (let i = 0; i < 5; i++) {
        const again = await get('/', withCookie(cookieOf(first)));
        expect(again.echo?.pod).toBe(first.echo?.pod);
        expect(again.header('set-cookie')).toBeUndefined();
      }
    }
  });

  test('clients without one are spread', async () => {
    const { get } = serve(COOKIE, { endpoints: 4 });
    const pods = new Set<string | undefined>();
    for (let i = 0; i < 60; i++) pods.add((await get()).echo?.pod);
    expect(pods.size).toBe(4);
  });

  test('persistent clients stay when pods come; those of a pod that went get another and a new cookie', async () => {
    const { get, world } = serve({ ...COOKIE, 'affinity-mode': 'persistent' }, { endpoints: 3 });
    const clients = [];
    for (let i = 0; i < 12; i++) clients.push(await get());
    world.scale('web', 6);
    for (const client of clients)
      expect((await get('/', withCookie(cookieOf(client)))).echo?.pod).toBe(client.echo?.pod);
    world.scale('web', 1);
    for (const client of clients) {
      const again = await get('/', withCookie(cookieOf(client)));
      expect(again.echo?.pod).toBe('web-0');
      expect(again.header('set-cookie') === undefined).toBe(client.echo?.pod === 'web-0');
    }
  });

  test('attributes', async () => {
    const { get } = serve({
      ...COOKIE,
      'session-cookie-expires': '172800',
      'session-cookie-max-age': '3600',
      'session-cookie-domain': 'app.test',
      'session-cookie-path': '/app',
      'session-cookie-samesite': 'Lax',
      'session-cookie-secure': 'true',
    });
    expect((await get()).header('set-cookie')).toMatch(
      /^ROUTE=[\d.]+\|[0-9a-f]{32}; Expires=Sat, 03-Jan-26 00:00:00 GMT; Max-Age=3600; Domain=app\.test; Path=\/app; Secure; HttpOnly; SameSite=Lax$/,
    );
  });

  test('Secure on https only, unless it is said; the path is the rule’s', async () => {
    const { get } = serve(COOKIE, { paths: { '/shop': 'web' } });
    expect((await get('/shop/x')).header('set-cookie')).toMatch(/; Path=\/shop; HttpOnly$/);
    expect((await get('/shop/x', { scheme: 'https' })).header('set-cookie')).toMatch(
      /; Path=\/shop; Secure; HttpOnly$/,
    );
  });

  test('SameSite in another spelling is left out', async () => {
    const { get } = serve({ ...COOKIE, 'session-cookie-samesite': 'lax' });
    expect((await get()).header('set-cookie')).not.toContain('SameSite');
  });

  test('a pod that refuses is kept to, unless session-cookie-change-on-failure', async () => {
    const statusesWith = async (change: string) => {
      const { get } = serve(
        { ...COOKIE, 'session-cookie-change-on-failure': change },
        { endpoints: 3, behaviour: 'one-refuses' },
      );
      const statuses = new Set<number>();
      for (let i = 0; i < 30; i++) statuses.add((await get()).status);
      return [...statuses].sort();
    };
    expect(await statusesWith('true')).toEqual([200]);
  });
});

describe('with a canary', () => {
  function world(behaviour: Record<string, string> = {}) {
    const made = new TestIngress();
    made.service('main', 2);
    made.service('canary', 2);
    const annotations = { canary: 'true', 'canary-by-header': 'X-C', ...behaviour };
    made.load([
      ingressOf('main', { host: 'app.test', paths: { '/': 'main' }, annotations: COOKIE }),
      ingressOf('canary', { host: 'app.test', paths: { '/': 'canary' }, annotations, age: 1 }),
    ]);
    made.start();
    const send = async (headers: string[]) => {
      const answer = await made.send({ host: 'app.test', headers });
      const cookie = answer.headers[answer.headers.indexOf('Set-Cookie') + 1] ?? '';
      return {
        service: echoOf(answer)?.service,
        cookie: cookie.split(';')[0] ?? '',
        set: answer.headers.includes('Set-Cookie'),
      };
    };
    return { made, send };
  }

  test('who was with the main one stays there, whatever the header says', async () => {
    const { made, send } = world();
    const { cookie } = await send([]);
    expect((await send(['Cookie', cookie, 'X-C', 'always'])).service).toBe('main');
    expect(made.records.newest(1)[0]?.canary).toBe('affinity');
  });

  test('who was with the canary stays there, even with never', async () => {
    const { send } = world();
    const { cookie } = await send(['X-C', 'always']);
    expect((await send(['Cookie', cookie, 'X-C', 'never'])).service).toBe('canary');
    expect((await send(['Cookie', cookie])).service).toBe('canary');
  });

  test('legacy binds nobody to the canary', async () => {
    const { send } = world({ 'affinity-canary-behavior': 'legacy' });
    const first = await send(['X-C', 'always']);
    expect(first).toMatchObject({ service: 'canary', set: false });
  });
});
