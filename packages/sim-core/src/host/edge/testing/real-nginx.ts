import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandPath } from '../../../../../../test/support/tools.ts';

/** How long nothing comes until nothing more is waited for, in milliseconds. */
const QUIET = 300;

/** A real nginx that does what the cluster of fuzz/sandbox.ts does, on a socket in a folder of its own. */
export class RealNginx {
  readonly #folder = mkdtempSync(join(tmpdir(), 'edge-nginx-'));
  #process: ChildProcess | undefined;

  async start(): Promise<void> {
    writeFileSync(join(this.#folder, 'nginx.conf'), conf(this.#folder));
    const options = ['-p', this.#folder, '-c', 'nginx.conf', '-e', join(this.#folder, 'error.log')];
    this.#process = spawn(commandPath('nginx') ?? '', options);
    for (let i = 0; i < 200; i++) {
      const { received } = await this.ask(['GET / HTTP/1.0\r\n\r\n']).catch(() => ({ received: '' }));
      if (received !== '') return;
    }
    throw new Error('nginx does not come up');
  }

  async stop(): Promise<void> {
    const ended = this.#process === undefined ? undefined : once(this.#process, 'exit');
    this.#process?.kill('SIGKILL');
    await ended;
    rmSync(this.#folder, { recursive: true });
  }

  /** Sends pieces, one character a byte, and collects what comes back until it closes or goes quiet. */
  ask(pieces: readonly string[]): Promise<{ received: string; closed: boolean }> {
    return new Promise((resolve, reject) => {
      const socket = connect(join(this.#folder, 'nginx.sock'));
      let received = '';
      const done = (closed: boolean) => {
        clearTimeout(quiet);
        socket.destroy();
        resolve({ received, closed });
      };
      const quiet = setTimeout(() => done(false), QUIET);
      socket.setEncoding('latin1');
      socket.on('data', (data: string) => {
        received += data;
        quiet.refresh();
      });
      socket.on('end', () => done(true));
      socket.on('error', (error) => (received === '' ? reject(error) : done(true)));
      for (const piece of pieces) socket.write(piece, 'latin1');
    });
  }
}

function conf(folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${name};`);
  const pod = `proxy_pass http://unix:${folder}/pod.sock:; proxy_http_version 1.1;`;
  return `daemon off; master_process off; pid nginx.pid; events { worker_connections 1024; }
http {
  access_log off; ${temporary.join(' ')}
  server { listen unix:${folder}/pod.sock; location / { return 200 ok; } }
  server { listen unix:${folder}/nginx.sock default_server; location / { return 404; } }
  server {
    listen unix:${folder}/nginx.sock; server_name app.test; client_max_body_size 1m;
    location / { ${pod} }
    location /early { ${pod} client_max_body_size 10; }
    location /redirect { return 301 https://other.test/; }
    location /nowhere { return 503; }
  }
}
`;
}
