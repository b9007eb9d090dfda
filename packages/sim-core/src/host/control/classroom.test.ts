import { describe, expect, it } from 'vitest';
import type { ClassroomLinks, Snapshot, SourceFile } from '../../wire.ts';
import { qrCode } from '../qr-code.ts';
import { HOST } from './testing/canary-cluster.ts';
import { runningControl, TOKEN } from './testing/running-control.ts';

const VIEWER = 'a-token-to-look';
const WRITES = [
  ['POST', '/apply'],
  ['POST', '/delete'],
  ['POST', '/reset'],
  ['PATCH', '/clock'],
  ['POST', '/load'],
  ['DELETE', '/load/1'],
  ['POST', '/send'],
  ['POST', '/explain'],
  ['POST', '/scale'],
  ['POST', '/crash'],
  ['PATCH', '/weight'],
  ['PUT', '/anything'],
] as const;

async function classroom(publicUrl?: string, files?: () => SourceFile[]) {
  const running = await runningControl(files === undefined ? {} : { files });
  const room = await running.control.openClassroom({
    port: 0,
    addresses: ['127.0.0.1'],
    token: VIEWER,
    ...(publicUrl === undefined ? {} : { publicUrl: () => publicUrl }),
  });
  const origin = `http://127.0.0.1:${room.port}`;
  const bearer = { authorization: `Bearer ${VIEWER}` };
  const cookie = { cookie: `sid_${room.port}=${VIEWER}` };
  const get = (path: string, headers: Record<string, string> = bearer) =>
    running.callOn(room.port, 'GET', path, { headers });
  const feed = (headers: Record<string, string> = { origin, ...cookie }) => running.feedOf(room.port, '', headers);
  return { ...running, room, origin, bearer, cookie, get, feed };
}

describe('a classroom', () => {
  it('shows what the control port shows', async () => {
    const { get, api } = await classroom();
    const shown = (await get('/api/v1/snapshot')).json<Snapshot>();
    const own = (await api('GET', '/snapshot')).json<Snapshot>();
    expect(shown.objects).toEqual(own.objects);
    for (const path of ['/split', '/traces', '/events', '/version']) {
      expect([path, (await get(`/api/v1${path}`)).status]).toEqual([path, 200]);
    }
  });

  it.each(WRITES)('has no %s %s, whoever asks', async (method, path) => {
    const { callOn, room, origin, bearer, cookie } = await classroom();
    for (const headers of [bearer, { origin, ...cookie }, { authorization: `Bearer ${TOKEN}` }, {}]) {
      const answer = await callOn(room.port, method, `/api/v1${path}`, { headers, body: {} });
      expect([404, 405]).toContain(answer.status);
    }
  });

  it('has nothing that holds keys or files of its owner', async () => {
    const { get } = await classroom();
    for (const path of ['/api/v1/nginx-conf', '/api/v1/export', '/api/v1/files', '/metrics']) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
  });

  it('never tells the text of a file, which may hold keys', async () => {
    let text = 'tls.key: c2VjcmV0';
    const { feed, feedOf, control, get, api, timer } = await classroom(undefined, () => [
      { file: 'tls.yaml', text, draft: false },
    ]);
    expect((await api('GET', '/snapshot')).json<Snapshot>().files).toHaveLength(1);
    expect((await get('/api/v1/snapshot')).json<Snapshot>().files).toEqual([]);
    const owner = { origin: `http://127.0.0.1:${control.port}`, cookie: `sid_${control.port}=${TOKEN}` };
    const [viewer, own] = [feed(), feedOf(control.port, '', owner)];
    for (const reader of [viewer, own]) await reader.until(({ messages }) => messages.length > 0);
    timer.tick();
    text += 'MTIz';
    timer.tick();
    for (const reader of [viewer, own]) await reader.until((each) => each.of('d').length > 0);
    expect(own.of('d').at(-1)?.files).toEqual([{ file: 'tls.yaml', text, draft: false }]);
    expect(JSON.stringify(viewer.messages)).not.toContain('c2VjcmV0');
  });

  it('takes its own token only, and the control port does not take it', async () => {
    const { get, call, room, callOn } = await classroom();
    expect((await get('/api/v1/split', {})).status).toBe(401);
    expect((await get('/api/v1/split', { authorization: `Bearer ${TOKEN}` })).status).toBe(401);
    expect((await call('GET', '/api/v1/split', { headers: { authorization: `Bearer ${VIEWER}` } })).status).toBe(401);
    const link = await callOn(room.port, 'GET', `/?token=${VIEWER}`, {});
    expect([link.status, link.headers['set-cookie']]).toEqual([
      303,
      [`sid_${room.port}=${VIEWER}; HttpOnly; SameSite=Strict; Path=/`],
    ]);
  });

  it('answers under the names of this machine and the public URL, and under no other', async () => {
    const { get, room } = await classroom('https://class.example.dev');
    expect(room.links).toEqual([`https://class.example.dev/?token=${VIEWER}`]);
    const statusAs = async (host: string) => (await get('/healthz', { host })).status;
    expect(await statusAs('class.example.dev')).toBe(200);
    expect(await statusAs(`localhost:${room.port}`)).toBe(200);
    expect(await statusAs('evil.test')).toBe(421);
    expect(await statusAs(`evil.test:${room.port}`)).toBe(421);
  });

  it('feeds viewers four times a second', async () => {
    const { feed, timer, actions } = await classroom();
    const viewer = feed();
    await viewer.until(({ messages }) => messages.length > 0);
    expect(viewer.messages[0]).toMatchObject({ t: 'hello', role: 'viewer', hz: 4 });
    for (let i = 0; i < 20; i++) {
      await actions.send({ url: `http://${HOST}/`, headers: {}, count: 1 });
      timer.tick();
    }
    await viewer.until((each) => each.of('m').length >= 8);
    expect(viewer.of('m')).toHaveLength(8);
    const totals = new Map(viewer.of('m').flatMap(({ flows }) => flows.map(([id, n]) => [id, n])));
    expect([...totals.values()].reduce((sum, n) => sum + n, 0)).toBe(20);
  });

  it('has four tabs for each address, and asks the fifth to try later', async () => {
    const { feed } = await classroom();
    const tabs = Array.from({ length: 4 }, () => feed());
    for (const tab of tabs) await tab.until(({ messages }) => messages.length > 0);
    const fifth = feed();
    await fifth.until(({ closed }) => closed !== undefined);
    expect([fifth.closed, fifth.messages]).toEqual([1013, []]);
    tabs[0]?.socket.close();
    await tabs[0]?.until(({ closed }) => closed !== undefined);
    const next = feed();
    await next.until(({ messages, closed }) => messages.length > 0 || closed !== undefined);
    expect(next.messages[0]?.t).toBe('hello');
  });

  it('opens its feed to its own page only', async () => {
    const { feed, origin, cookie, control } = await classroom();
    const statusOf = (headers: Record<string, string>) =>
      new Promise<number>((resolve) => {
        const { socket } = feed(headers);
        socket.on('upgrade', ({ statusCode }) => resolve(statusCode ?? 0));
        socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
      });
    expect(await statusOf({ origin, ...cookie })).toBe(101);
    expect(await statusOf(cookie)).toBe(403);
    expect(await statusOf({ ...cookie, origin: `http://127.0.0.1:${control.port}` })).toBe(403);
    expect(await statusOf({ origin })).toBe(401);
  });

  it("gives its owner's page the links with their codes, and nobody else", async () => {
    const { api, get, room } = await classroom();
    const { links } = (await api('GET', '/classroom')).json<ClassroomLinks>();
    expect(links.map(({ url }) => url)).toEqual(room.links);
    for (const { url, qr } of links) expect(qr).toEqual(qrCode(url));
    expect((await get('/api/v1/classroom')).status).toBe(404);
  });

  it('is no link where none was opened', async () => {
    const { api } = await runningControl();
    expect((await api('GET', '/classroom')).json()).toEqual({ links: [] });
  });

  it('ends with the control port', async () => {
    const { control, room, callOn } = await classroom();
    await control.close();
    await expect(callOn(room.port, 'GET', '/healthz', {})).rejects.toThrow('ECONNREFUSED');
  });
});
