import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { available } from '../support/tools.ts';
import { Workspace } from '../support/workspace.ts';

let place: Workspace;
beforeEach(() => {
  place = new Workspace();
});
afterEach(() => place.clear());

const CLOSED = 'server: https://127.0.0.1:1\n';

async function path(): Promise<string> {
  return (await place.cli('kubeconfig')).stdout.trim();
}

test('leads to the running sandboxes as they come and go, killed ones too', async () => {
  const nothing = await place.cli('kubeconfig');
  expect(nothing).toMatchObject({ status: 3, stderr: expect.stringContaining('no sandbox is running') });
  const file = nothing.stdout.trim();
  expect(readFileSync(file, 'utf8')).toContain(CLOSED);
  expect(statSync(file).mode & 0o777).toBe(0o600);

  const first = place.start('service', '--output', 'json');
  const ready = await first.event('ready');
  expect(ready).toMatchObject({ kubeconfig: file });
  expect(readFileSync(file, 'utf8')).toContain(`server: ${ready.kubernetes}\n`);
  expect(await place.cli('kubeconfig')).toMatchObject({ status: 0, stdout: `${file}\n`, stderr: '' });

  const second = place.start('service', '--output', 'json', '--name', 'b');
  await second.event('ready');
  expect(readFileSync(file, 'utf8')).toContain('current-context: k8s-ingress-sandbox-b\n');
  await second.kill();
  expect(await path()).toBe(file);
  expect(readFileSync(file, 'utf8')).toContain('current-context: k8s-ingress-sandbox\n');

  await first.stop();
  expect(readFileSync(file, 'utf8')).toContain(CLOSED);
});

test.skipIf(!available('kubectl'))('kubectl is refused while nothing runs, and reaches no other cluster', async () => {
  const env = { ...process.env, KUBECONFIG: await path(), HOME: place.folder };
  const { status, stderr } = spawnSync('kubectl', ['get', 'pods'], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 30_000,
  });
  expect(stderr).toContain('The connection to the server 127.0.0.1:1 was refused');
  expect(status).toBe(1);
});
