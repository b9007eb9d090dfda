import { createServer, type Server } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listen } from '../../host/edge/listen.ts';
import { writeRunFile } from '../../host/run-file.ts';
import { ownRunDirectory } from '../testing/running-session.ts';
import { bindPort, movedPortsBox } from './ports.ts';

const HERE = ['127.0.0.1'];

/** A port that another program has. */
async function takenPort(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

async function bind(number: number, how: { given?: boolean; another?: boolean } = {}): Promise<number> {
  const port = { flag: 'http-port' as const, number, given: how.given ?? false, another: how.another ?? false };
  const listener = await bindPort(port, (wanted) => listen(HERE, wanted, () => {}));
  onTestFinished(() => listener.close());
  return listener.port;
}

describe('a port', () => {
  it('that is free is taken', async () => {
    expect(await bind(0)).toBeGreaterThan(0);
  });

  it('that another program has is moved when nobody asked for it', async () => {
    ownRunDirectory();
    const taken = await takenPort();
    expect(await bind(taken)).not.toBe(taken);
  });

  it('that was asked for and is taken ends the run', async () => {
    const taken = await takenPort();
    await expect(bind(taken, { given: true })).rejects.toMatchObject({
      exitCode: 3,
      message: `--http-port ${taken}: cannot listen on 127.0.0.1:${taken}: the port is taken\n  Name another port, or 0 for any free one.`,
    });
  });

  it("that one's own sandbox has is named with the way to stop it", async () => {
    ownRunDirectory();
    const taken = await takenPort();
    const url = 'http://127.0.0.1:1';
    const ready = { event: 'ready' as const, http: url, https: url, ui: url, control: url, token: 't', seed: 1 };
    const later = { kubernetes: null, kubeconfig: null, dns: null };
    const startedAt = Date.now() - 90_000;
    writeRunFile({
      ...ready,
      ...later,
      pid: process.pid,
      scenario: 'canary.yaml',
      name: '',
      startedAt,
      ports: [taken],
    });
    const refusal = bind(taken);
    await expect(refusal).rejects.toMatchObject({ exitCode: 3 });
    await expect(refusal).rejects.toThrow(
      new RegExp(
        `^port ${taken} belongs to your running sandbox: pid ${process.pid}, canary\\.yaml, started 1m30s ago\n  Stop it: +npx k8s-ingress-sandbox stop ${process.pid}\n  Or start beside it: add --another$`,
      ),
    );
    expect(await bind(taken, { another: true })).not.toBe(taken);
  });

  it('of an address that is not of this machine ends the run', async () => {
    const elsewhere = bindPort({ flag: 'http-port', number: 0, given: false, another: false }, (port) =>
      listen(['192.0.2.1'], port, () => {}),
    );
    await expect(elsewhere).rejects.toMatchObject({ exitCode: 3 });
    await expect(elsewhere).rejects.toThrow('--bind takes an address of this machine');
  });
});

describe('moved ports', () => {
  const usual = { 'http-port': 8080, 'https-port': 8443, 'ui-port': 8088, 'api-port': 6443, 'dns-port': 10_053 };

  it('stand in a box', () => {
    expect(movedPortsBox(usual, { ...usual, 'http-port': 43_127 })).toBe(
      [
        '+--------------------------------------------------------------------+',
        '| port 8080 is taken by another program: --http-port is 43127 now |',
        '+--------------------------------------------------------------------+',
      ]
        .map((row) => row.replace('+----', '+-'))
        .join('\n'),
    );
  });

  it('are none when all are as wanted, or any was', () => {
    expect(movedPortsBox(usual, usual)).toBe('');
    expect(movedPortsBox({ ...usual, 'ui-port': 0 }, { ...usual, 'ui-port': 5 })).toBe('');
  });
});
