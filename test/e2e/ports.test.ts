import type { Server } from 'node:net';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accepts, foreignServer, untilRefused } from '../support/ports.ts';
import { requireInCI } from '../support/tools.ts';
import { LAUNCHER, Workspace } from '../support/workspace.ts';

const DEFAULT_PORTS = [8080, 8443, 8088, 10_053];
const foreign: Server[] = [];
let place: Workspace;
beforeEach(() => {
  place = new Workspace();
});
afterEach(() => place.clear());
afterAll(() => {
  for (const server of foreign) server.close();
});

async function freeDefaultPorts(): Promise<boolean> {
  const taken = await Promise.all(DEFAULT_PORTS.map((port) => accepts(port)));
  if (!taken.includes(true)) return true;
  requireInCI(`the default ports ${DEFAULT_PORTS.join(', ')}`);
  return false;
}

function startOnDefaultPorts(...args: string[]) {
  return place.spawn(process.execPath, LAUNCHER, 'canary', '--cloud-delay', '0s', ...args);
}

describe('default ports', () => {
  test('held by a sandbox of this user: exit 3 with its pid and how to stop it; --another starts beside it', async (context) => {
    if (!(await freeDefaultPorts())) return context.skip();
    const first = startOnDefaultPorts('--output', 'json');
    const ready = await first.event('ready');
    expect(ready).toMatchObject({
      http: 'http://127.0.0.1:8080',
      https: 'https://127.0.0.1:8443',
      control: 'http://127.0.0.1:8088',
      dns: '127.0.0.1:10053',
    });

    const refused = await place.cli(place.scenario('canary'));
    expect(refused).toMatchObject({ status: 3, stdout: '' });
    expect(refused.stderr).toMatch(new RegExp(`8080 .*pid ${ready.pid}, .*canary\\.yaml, started \\d+s ago`));
    expect(refused.stderr).toContain(`npx k8s-ingress-sandbox stop ${ready.pid}\n`);
    expect(refused.stderr).toContain('--another');

    const another = startOnDefaultPorts('--output', 'json', '--another');
    const beside = await another.event('ready');
    expect(DEFAULT_PORTS).not.toContain(Number(new URL(String(beside.http)).port));
    await another.stop();

    const stop = /npx k8s-ingress-sandbox (stop \d+)/.exec(refused.stderr)?.[1] ?? '';
    expect((await place.cli(...stop.split(' '))).status).toBe(0);
    await untilRefused(DEFAULT_PORTS, 1000);
    expect(await first.ended).toEqual({ code: 0, signal: null });
  });

  test("held by somebody else's program: others are taken, and every line shows them", async () => {
    for (const port of DEFAULT_PORTS) {
      if (!(await accepts(port))) foreign.push((await foreignServer(port)).server);
    }
    const sandbox = startOnDefaultPorts();
    const [, http] = await sandbox.line(/^ {2}edge +http:\/\/127\.0\.0\.1:(\d+)/);
    expect(DEFAULT_PORTS).not.toContain(Number(http));
    await sandbox.line(new RegExp(`^ {2}curl http://\\S+:${http}/$`));
    const said = sandbox.lines.join('\n');
    for (const port of DEFAULT_PORTS) expect(said).toMatch(new RegExp(`port ${port} is (taken|in use)`, 'i'));
    expect(said).toMatch(/^\+-+\+\n\| port 8080 .*\|\n/m);
    expect(said).not.toMatch(/localhost:8080|127\.0\.0\.1:(8080|8443|8088)/);
    await sandbox.stop();
  });
});

describe('a port that was asked for', () => {
  test.each(['--http-port', '--https-port', '--ui-port', '--dns-port'])(
    '%s, when it is taken: exit 3',
    async (flag) => {
      const { server, port } = await foreignServer();
      foreign.push(server);
      const others = ['--http-port', '--https-port', '--ui-port', '--dns-port'].filter((other) => other !== flag);
      const result = await place.cli('canary', flag, String(port), ...others.flatMap((other) => [other, '0']));
      expect(result.status).toBe(3);
      expect(result.stdout).not.toMatch(/^\s*edge/m);
      expect(result.stderr).toContain(`${flag} ${port}`);
      expect(result.stderr).toMatch(/another port, or 0/);
      expect(result.stderr).not.toMatch(/^\s+at /m);
    },
  );
});
