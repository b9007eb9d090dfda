import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accepts, untilRefused } from '../support/ports.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { available } from '../support/tools.ts';
import { FREE_PORTS, LAUNCHER, PROJECT, Workspace } from '../support/workspace.ts';

const NOT_NEEDED = new Set(['node_modules', '.git', 'artifacts', 'code-cache']);

const place = new Workspace();
/** What npm installs: the launcher, the bundle, the scenarios, and a link in `.bin`. */
const installed = join(place.folder, 'installed');

beforeAll(() => {
  const target = join(installed, 'node_modules', 'k8s-ingress-sandbox');
  const files = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')).files as string[];
  for (const name of [...files, 'package.json']) {
    cpSync(join(PROJECT, name), join(target, name), {
      recursive: true,
      filter: (path) => !NOT_NEEDED.has(basename(path)),
    });
  }
  mkdirSync(join(installed, 'node_modules', '.bin'));
  symlinkSync(
    '../k8s-ingress-sandbox/bin/k8s-ingress-sandbox.mjs',
    join(installed, 'node_modules', '.bin', 'k8s-ingress-sandbox'),
  );
});
afterAll(() => place.clear());

/** Waits until everything is served, with one connection kept open, and gives every port and the pid that holds them. */
async function serving(sandbox: Sandbox): Promise<{ ports: number[]; pid: number }> {
  const ready = await sandbox.event('ready');
  const balancer = await sandbox.event('loadbalancer');
  const urls = [ready.http, ready.https, ready.control, ...(balancer.ports as { url: string }[]).map(({ url }) => url)];
  const ports = urls.map((url) => Number(new URL(String(url)).port));
  for (const port of ports) expect(await accepts(port), `port ${port}`).toBe(true);
  connect({ port: ports[0] as number, host: '127.0.0.1' }).on('error', () => {});
  return { ports, pid: Number(ready.pid) };
}

function startJson(): Sandbox {
  return place.start('canary', '--cloud-delay', '0s', '--output', 'json');
}

/** Starts through npx, as the command's own process with a shell between. */
function startNpx(): Sandbox {
  const args = ['--offline', 'k8s-ingress-sandbox', 'canary', '--cloud-delay', '0s', '--output', 'json', ...FREE_PORTS];
  return place.spawnIn(installed, 'npx', ...args);
}

describe('all ports are free within a second', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('after %s', async (signal) => {
    const sandbox = startJson();
    const { ports } = await serving(sandbox);
    expect(await sandbox.stop(signal, ports)).toEqual({ code: 0, signal: null });
    expect(place.runningSandboxes()).toEqual([]);
  });

  test('after q', async () => {
    const sandbox = startJson();
    const { ports } = await serving(sandbox);
    sandbox.type('q\n');
    await untilRefused(ports, 1000);
    expect(await sandbox.ended).toEqual({ code: 0, signal: null });
  });

  test('a request that is being answered does not hold them', async () => {
    const sandbox = startJson();
    const { ports } = await serving(sandbox);
    const socket = connect({ port: ports[0] as number, host: '127.0.0.1' });
    socket.on('error', () => {});
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf');
    expect(await sandbox.stop('SIGINT', ports)).toEqual({ code: 0, signal: null });
    socket.destroy();
  });

  // `script` gives it a terminal; when that is killed, the kernel hangs up.
  describe.skipIf(!available('script')).each([
    ['node', `${process.execPath} ${LAUNCHER}`],
    ['npx', 'npx --offline k8s-ingress-sandbox'],
  ])('in a terminal, started with %s', (_, command) => {
    const open = () => {
      const line = `${command} canary --cloud-delay 0s --output json ${FREE_PORTS.join(' ')}`;
      return place.spawnIn(installed, 'script', '-qefc', line, '/dev/null');
    };

    test('that is closed', async () => {
      const terminal = open();
      const { ports } = await serving(terminal);
      terminal.process.kill('SIGKILL');
      await untilRefused(ports, 1000);
    });

    test('where Ctrl-C is pressed', async () => {
      const terminal = open();
      const { ports } = await serving(terminal);
      terminal.type('\u0003');
      await untilRefused(ports, 1000);
      expect(await terminal.ended).toEqual({ code: 0, signal: null });
    });
  });

  // A lone SIGINT is left out: npm takes it for a Ctrl-C that its child has heard as well.
  test.each(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)('after %s to npx', async (signal) => {
    const npx = startNpx();
    const { ports, pid } = await serving(npx);
    expect(pid).not.toBe(npx.process.pid);
    npx.process.kill(signal);
    await untilRefused(ports, 1000);
  });

  test('after Ctrl-C in the terminal of npx, which reaches every process at once', async () => {
    const npx = startNpx();
    const { ports } = await serving(npx);
    process.kill(-(npx.process.pid as number), 'SIGINT');
    await untilRefused(ports, 1000);
  });

  test('after npm that runs it as a script is killed', async () => {
    place.write(
      'installed/package.json',
      JSON.stringify({
        name: 'x',
        scripts: { sandbox: `k8s-ingress-sandbox canary --cloud-delay 0s --output json ${FREE_PORTS.join(' ')}` },
      }),
    );
    const npm = place.spawnIn(installed, 'npm', 'run', '--silent', 'sandbox');
    const { ports } = await serving(npm);
    npm.process.kill('SIGKILL');
    await untilRefused(ports, 1000);
  });

  test('but in the background of a shell it outlives the shell', async () => {
    const file = join(place.folder, 'background.out');
    const command = `'${process.execPath}' '${LAUNCHER}' canary --name background ${FREE_PORTS.join(' ')}`;
    const shell = spawn('/bin/sh', ['-c', `${command} >${file} 2>&1 </dev/null & echo $!`], {
      cwd: place.folder,
      env: place.env,
    });
    await new Promise((resolve) => shell.on('close', resolve));
    let stopped = await place.cli('stop', 'background');
    while (stopped.status === 3 && /no (running )?sandbox/.test(stopped.stderr))
      stopped = await place.cli('stop', 'background');
    expect(stopped).toMatchObject({ status: 0, stderr: '' });
  });
});
