import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBackend } from './hello.ts';
import { end, freePort, type Peer, untilAnswers } from './peer.ts';

/** What a proxy's configuration is made from. */
interface Setting {
  readonly folder: string;
  readonly port: number;
  readonly securePort: number;
  /** host:port of the backend. */
  readonly target: string;
}

/** nginx, one worker, with a 95/5 split before a node backend: the real thing for comparison. */
export function startNginx(): Promise<Peer> {
  return startProxy('nginx → node', (setting) => {
    const file = join(setting.folder, 'nginx.conf');
    writeFileSync(file, nginxConf(setting));
    return spawn('nginx', ['-p', setting.folder, '-c', file], { stdio: 'ignore' });
  });
}

/** HAProxy, one thread, with the same split before the same kind of backend. */
export function startHaproxy(): Promise<Peer> {
  return startProxy('HAProxy → node', (setting) => {
    const file = join(setting.folder, 'haproxy.cfg');
    writeFileSync(file, haproxyConf(setting));
    return spawn('haproxy', ['-f', file, '-db'], { stdio: 'ignore' });
  });
}

/** Installs the peers where that is possible (Debian, as root). @returns which of them are there */
export function ensureProxies(): { nginx: boolean; haproxy: boolean } {
  const isThere = (command: string) => spawnSync(command, ['-v']).error === undefined;
  const missing = ['nginx', 'haproxy'].filter((name) => !isThere(name));
  if (missing.length > 0 && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).error === undefined) {
    const packages = missing.map((name) => (name === 'nginx' ? 'nginx-light' : name));
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { stdio: 'ignore' });
  }
  return { nginx: isThere('nginx'), haproxy: isThere('haproxy') };
}

async function startProxy(name: string, start: (setting: Setting) => ChildProcess): Promise<Peer> {
  const backend = await startBackend();
  const target = new URL(backend.url).host;
  const folder = mkdtempSync(join(tmpdir(), 'bench-proxy-'));
  makeCertificate(folder);
  const setting = { folder, port: await freePort(), securePort: await freePort(), target };
  const proxy = start(setting);
  const url = `http://127.0.0.1:${setting.port}/`;
  await untilAnswers(url);
  const stop = async () => {
    await Promise.all([end(proxy), end(backend.child)]);
    rmSync(folder, { recursive: true });
  };
  const secureUrl = `https://127.0.0.1:${setting.securePort}/`;
  return { name, url, secureUrl, processes: [proxy, backend.child], stop };
}

/** P-256, as the sandbox's own certificates. */
function makeCertificate(folder: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const out = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', ...key, ...out, '-days', '2', '-subj', '/CN=bench'], { stdio: 'ignore' });
  const pem = ['cert.pem', 'key.pem'].map((file) => execFileSync('cat', [join(folder, file)], { encoding: 'utf8' }));
  writeFileSync(join(folder, 'both.pem'), pem.join(''));
}

function nginxConf({ folder, port, securePort, target }: Setting): string {
  const keepalive = `server ${target}; keepalive 64; keepalive_requests 1000000;`;
  return `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 4096; }
http {
  access_log off;
  split_clients "$request_id" $pool { 5% canary; * main; }
  upstream main { ${keepalive} }
  upstream canary { ${keepalive} }
  server {
    listen 127.0.0.1:${port};
    listen 127.0.0.1:${securePort} ssl;
    ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem; ssl_session_cache shared:SSL:10m;
    keepalive_requests 1000000;
    location / { proxy_pass http://$pool; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}
`;
}

function haproxyConf({ folder, port, securePort, target }: Setting): string {
  return `global
  nbthread 1
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
frontend front
  bind 127.0.0.1:${port}
  bind 127.0.0.1:${securePort} ssl crt ${folder}/both.pem
  default_backend pods
backend pods
  http-reuse always
  server main ${target} weight 95
  server canary ${target} weight 5
`;
}
