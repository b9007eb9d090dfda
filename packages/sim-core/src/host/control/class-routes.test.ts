import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ClassFiles } from '../../wire.ts';
import { runningControl, TOKEN } from './testing/running-control.ts';

const VIEWER = 'a-token-to-look';

/** A control port with the results of one student. */
async function withResults() {
  const classFolder = mkdtempSync(join(tmpdir(), 'class-'));
  onTestFinished(() => rmSync(classFolder, { recursive: true, force: true }));
  writeFileSync(join(classFolder, 'ada.json'), '[1]');
  return { ...(await runningControl({ classFolder })), classFolder };
}

describe('GET /api/v1/class', () => {
  it('has the files of the folder, and nothing while they stay the same', async () => {
    const { api, classFolder } = await withResults();
    const first = (await api('GET', '/class')).json<ClassFiles>();
    expect(first).toMatchObject({ folder: classFolder, files: [{ file: 'ada.json', text: '[1]' }] });
    const same = await api('GET', `/class?seen=${first.tag}`);
    expect([same.status, same.text]).toEqual([204, '']);
    writeFileSync(join(classFolder, 'bob.json'), '[2]');
    expect((await api('GET', `/class?seen=${first.tag}`)).json<ClassFiles>().files).toHaveLength(2);
    expect((await api('GET', '/class?seen=a&seen=b')).status).toBe(400);
  });

  it('has no folder without --class', async () => {
    const { api } = await runningControl();
    expect((await api('GET', '/class')).json()).toEqual({ folder: '', tag: '', files: [] });
  });

  it('asks for a session, and can only be read', async () => {
    const { call, api } = await withResults();
    expect((await call('GET', '/api/v1/class')).status).toBe(401);
    for (const method of ['POST', 'PUT']) expect((await api(method, '/class', {})).status).toBe(404);
  });

  it('is not there for viewers, whatever they ask with', async () => {
    const { control, callOn } = await withResults();
    const { port } = await control.openClassroom({ port: 0, addresses: ['127.0.0.1'], token: VIEWER });
    for (const [token, status] of [
      [VIEWER, 404],
      [TOKEN, 401],
    ] as const) {
      for (const path of ['/api/v1/class', '/api/v1/class?seen=x', '/api/v1/class/ada.json', '/api/v1//class']) {
        const answer = await callOn(port, 'GET', path, { headers: { authorization: `Bearer ${token}` } });
        expect([path, answer.status]).toEqual([path, status]);
        expect(answer.text).not.toContain('[1]');
      }
    }
  });
});
