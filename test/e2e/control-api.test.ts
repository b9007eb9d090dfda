import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { ScenarioRun } from '../support/scenario-run.ts';
import { available } from '../support/tools.ts';
import { Workspace } from '../support/workspace.ts';

const place = new Workspace();
let run: ScenarioRun;
beforeAll(async () => {
  run = await ScenarioRun.start(place, place.scenario('canary'));
});
afterAll(() => place.clear());

/** The status of an answer of the control port; headers go out as they are, Host too. */
function status(method: string, path: string, headers: Record<string, string>, body = ''): Promise<number | undefined> {
  const port = new URL(String(run.ready.control)).port;
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    asked.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const bearer = () => ({ authorization: `Bearer ${run.ready.token}` });
const json = { 'content-type': 'application/json' };

function feed(headers: Record<string, string>) {
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
  return status('GET', '/api/v1/feed', { ...upgrade, 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', ...headers });
}

describe('the control API of a run', () => {
  test('reads: snapshot, split, events, version, metrics', async () => {
    for (const path of ['snapshot', 'split', 'traces', 'events', 'version']) {
      expect([path, (await run.control('GET', `/api/v1/${path}`)).status]).toEqual([path, 200]);
    }
    await place.shell(`curl -s ${run.url}`);
    const metrics = await fetch(`${run.ready.control}/metrics`, { headers: bearer() });
    expect(metrics.status).toBe(200);
    expect(await metrics.text()).toMatch(/^nginx_ingress_controller_requests\{.*canary=.*\} \d+$/m);
    expect((await fetch(`${run.ready.control}/healthz`)).status).toBe(200);
  });

  test('a request is found again by the id in its answer', async () => {
    const answer = await place.shell(`curl -s -o /dev/null -D - ${run.url}`);
    const [, id = ''] = /^x-sandbox-request: (\S+)/im.exec(answer.stdout) ?? [];
    const { status: found, body } = await run.control('GET', `/api/v1/traces/${id}`);
    expect(found).toBe(200);
    expect(JSON.stringify(body)).toContain('netflix-frontend');
  });

  test('apply: what was done, a dry run, and what is refused with its line', async () => {
    const manifests = (port: number) =>
      `apiVersion: v1\nkind: Service\nmetadata:\n  name: from-outside\nspec:\n  ports:\n  - port: ${port}\n    targetPort: 8080\n`;
    const object = { apiVersion: 'v1', kind: 'Service', namespace: 'default', name: 'from-outside' };
    const apply = (body: unknown) => run.control('POST', '/api/v1/apply', body);
    expect(await apply({ manifests: manifests(80), dryRun: true })).toMatchObject({ status: 200 });
    expect(await apply({ manifests: manifests(80) })).toMatchObject({
      status: 200,
      body: { rev: expect.any(Number), objects: [{ ...object, action: 'created' }] },
    });
    expect(await apply({ manifests: manifests(80) })).toMatchObject({ body: { objects: [{ action: 'unchanged' }] } });
    const refused = await apply({ manifests: manifests(70_000) });
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'spec.ports[0].port', document: 0, line: 7 }] },
    });
    expect(await run.control('POST', '/api/v1/delete', object)).toMatchObject({ status: 200 });
  });

  test('who may use it (ui.md, check 40)', async () => {
    const own = new URL(String(run.ready.control));
    const origin = own.origin;
    expect(await status('GET', '/api/v1/split', { ...bearer(), host: 'evil.test' })).toBe(421);
    expect(await status('GET', '/api/v1/split', { ...bearer(), host: `evil.test:${own.port}` })).toBe(421);
    expect(await status('GET', '/api/v1/split', {})).toBe(401);
    expect(await status('GET', '/api/v1/split', { authorization: 'Bearer wrong' })).toBe(401);
    expect(await status('POST', '/api/v1/reset', { ...bearer(), 'content-type': 'text/plain' }, '{}')).toBe(415);
    expect(await status('POST', '/api/v1/reset', { ...bearer(), ...json, origin: 'http://evil.test' }, '{}')).toBe(403);
    const cookie = `sid_${own.port}=${run.ready.token}`;
    expect(await feed({ cookie })).toBe(403);
    expect(await feed({ ...bearer() })).toBe(403);
    expect(await feed({ cookie, origin: 'http://127.0.0.1:1' })).toBe(403);
    expect(await feed({ cookie, origin })).toBe(101);
    const page = await fetch(`${origin}/`);
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
    expect(page.headers.get('access-control-allow-origin')).toBeNull();
  });

  test.skipIf(!available('chromium'))(
    'a page of another port of this machine can neither read, write nor listen',
    async () => {
      const browser = await launchChromium();
      try {
        const context = await browser.newContext();
        const page = await context.newPage();
        await page.goto(String(run.ready.ui));
        expect(page.url()).not.toContain('token');
        // The browser has the session's cookie now; the edge's port serves a foreign page.
        await page.goto(String(run.ready.http));
        const control = String(run.ready.control);
        const tried = await page.evaluate(async (target) => {
          const outcome = (call: Promise<Response>) =>
            call.then(
              (answer) => answer.type,
              () => 'refused',
            );
          const socket = new WebSocket(`${target.replace('http', 'ws')}/api/v1/feed`);
          const heard = await new Promise((resolve) => {
            socket.onopen = () => resolve('open');
            socket.onerror = () => resolve('refused');
          });
          const write = { method: 'POST', credentials: 'include', body: '{}' } as const;
          return {
            heard,
            read: await outcome(fetch(`${target}/api/v1/split`, { credentials: 'include' })),
            json: await outcome(
              fetch(`${target}/api/v1/reset`, { ...write, headers: { 'content-type': 'application/json' } }),
            ),
            plain: await outcome(fetch(`${target}/api/v1/reset`, { ...write, mode: 'no-cors' })),
          };
        }, control);
        expect(tried).toEqual({
          heard: 'refused',
          read: 'refused',
          json: 'refused',
          plain: expect.stringMatching(/refused|opaque/),
        });
      } finally {
        await browser.close();
      }
    },
  );
});
