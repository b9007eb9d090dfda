import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNginxFolder } from '../../../packages/sim-core/src/host/nginx-folder.ts';
import type { NginxConfiguration } from '../../../packages/sim-core/src/ingress-nginx/nginx/configuration.ts';
import type { ConfPorts } from '../../../packages/sim-core/src/ingress-nginx/nginx/print-conf.ts';
import { nginxFiles } from '../nginx.ts';
import { commandPath } from '../tools.ts';

/** Attempts to connect, 10 ms each, until it must listen. */
const PATIENCE = 1000;

/** A real nginx, on free ports of this machine, with a printed configuration. */
export class NginxProcess {
  readonly ports: ConfPorts;
  readonly #folder: string;
  #running: ChildProcess | undefined;

  private constructor(ports: ConfPorts) {
    this.ports = ports;
    this.#folder = mkdtempSync(join(tmpdir(), 'real-nginx-'));
  }

  static async create(): Promise<NginxProcess> {
    const [http = 0, https = 0, defaultBackend = 0] = await freePorts(3);
    return new NginxProcess({ http, https, defaultBackend });
  }

  /** Starts with a configuration; what ran before ends. @throws Error with what nginx says */
  async start(configuration: NginxConfiguration): Promise<void> {
    await this.stop();
    writeNginxFolder(this.#folder, nginxFiles(configuration, this.ports));
    const argv = ['-p', this.#folder, '-c', 'nginx.conf', '-g', 'daemon off; master_process off;'];
    const nginx = spawn(commandPath('nginx') ?? '', argv, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    nginx.stderr.on('data', (text) => (said += text));
    this.#running = nginx;
    for (let i = 0; i < PATIENCE && nginx.exitCode === null; i++) {
      if (await answers(this.ports.http)) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`nginx does not listen: ${said}`);
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    if (running === undefined || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
  }

  /** What it wrote into its error log. */
  errors(): string {
    return readFileSync(join(this.#folder, 'error.log'), 'utf8');
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true });
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Ports that nobody has at the moment. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    ports.push((server.address() as { port: number }).port);
  }
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  return ports;
}
