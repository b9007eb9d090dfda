import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cpuMicroseconds } from './cpu.ts';
import { median, spread } from './statistics.ts';

/** A server under load: how to reach it and how to end it. */
interface Peer {
  name: string;
  url: string;
  host?: string;
  /** Its processes, the backend's included. */
  processes: ChildProcess[];
  stop(): Promise<void>;
}

/** What one round of load came to. */
interface Round {
  requestsPerSecond: number;
  /** CPU time of the server a request, microseconds; NaN where the system does not tell. */
  cpu: number;
}

const HELLO = `
const server = require('node:http').createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 100 });
  response.end('x'.repeat(100));
});
server.listen(Number(process.argv[1] ?? 0), '127.0.0.1', () => console.log(JSON.stringify({ event: 'ready', http: 'http://127.0.0.1:' + server.address().port })));
`;
const SANDBOX = [
  'bin/k8s-ingress-sandbox.mjs',
  'scenarios/canary.yaml',
  ...['--cloud-delay', '0s', '--output', 'json', '--another', '--no-open', '--no-load'],
  ...['--http-port', '0', '--https-port', '0', '--ui-port', '0', '--dns-port', '0'],
];
const SECONDS = 3;

/**
 * Requests a second over kept connections (wrk -t1 -c50), each server alone, in turn; ratios to a bare node:http server.
 * On a busy machine the CPU time a request is the steadier figure.
 */
export async function benchThroughput(rounds: number): Promise<void> {
  if (spawnSync('wrk', ['--version']).error !== undefined) {
    console.log('throughput: skipped, wrk is not installed');
    return;
  }
  const results = new Map<string, Round[]>();
  for (let round = 0; round < rounds; round++) {
    for (const start of [startHello, startSandbox, startNginx]) {
      const peer = await start();
      if (peer === undefined) continue;
      results.set(peer.name, [...(results.get(peer.name) ?? []), fire(peer)]);
      await peer.stop();
    }
  }
  const speeds = (name: string) => (results.get(name) ?? []).map(({ requestsPerSecond }) => requestsPerSecond);
  const base = median(speeds('node:http hello'));
  console.log(`throughput, wrk -t1 -c50, ${rounds} rounds of ${SECONDS} s in turn`);
  for (const [name, values] of results) {
    const cpu = median(values.map((round) => round.cpu)).toFixed(1);
    const ratio = (median(speeds(name)) / base).toFixed(2);
    console.log(`  ${name.padEnd(34)} ${spread(speeds(name), 'requests/s')}, ratio ${ratio}, CPU ${cpu} µs a request`);
  }
}

function fire({ url, host, processes }: Peer): Round {
  const header = host === undefined ? [] : ['-H', `Host: ${host}`];
  const load = (seconds: number) =>
    execFileSync('wrk', ['-t1', '-c50', `-d${seconds}s`, ...header, url], { encoding: 'utf8' });
  load(1); // warm
  const before = cpuMicroseconds(processes);
  const output = load(SECONDS);
  const spent = cpuMicroseconds(processes) - before;
  if (/Non-2xx/.test(output)) throw new Error(`not every answer of ${url} was a success:\n${output}`);
  const requests = Number(/(\d+) requests in/.exec(output)?.[1]);
  return { requestsPerSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1]), cpu: spent / requests };
}

async function startHello(): Promise<Peer> {
  const child = spawn(process.execPath, ['-e', HELLO, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = `${await untilEvent(child, 'ready')}/`;
  return { name: 'node:http hello', url, processes: [child], stop: () => end(child) };
}

async function startSandbox(): Promise<Peer> {
  const child = spawn(process.execPath, SANDBOX, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await untilEvent(child, 'settled');
  const host = 'k8s-ingressn-ingressn-65f99d2d5a.elb.us-east-1.localhost';
  return { name: 'sandbox, canary.yaml', url: `${url}/`, host, processes: [child], stop: () => end(child) };
}

/** nginx with a 95/5 split before a node backend: the real thing for comparison. */
async function startNginx(): Promise<Peer | undefined> {
  if (spawnSync('nginx', ['-v']).error !== undefined) return undefined;
  const backend = spawn(process.execPath, ['-e', HELLO, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const target = (await untilEvent(backend, 'ready')).replace('http://', '');
  const folder = mkdtempSync(join(tmpdir(), 'bench-nginx-'));
  const port = await freePort();
  writeFileSync(join(folder, 'nginx.conf'), nginxConf(folder, port, target));
  const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  await until(() => spawnSync('curl', ['-sf', '-o', '/dev/null', `http://127.0.0.1:${port}/`]).status === 0);
  const stop = async () => {
    await Promise.all([end(nginx), end(backend)]);
    rmSync(folder, { recursive: true });
  };
  const url = `http://127.0.0.1:${port}/`;
  return { name: 'nginx, 95/5 split before node:http', url, processes: [nginx, backend], stop };
}

function nginxConf(folder: string, port: number, target: string): string {
  const keepalive = `server ${target}; keepalive 64;`;
  return `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
  access_log off;
  split_clients "$request_id" $pool { 5% canary; * main; }
  upstream main { ${keepalive} }
  upstream canary { ${keepalive} }
  server {
    listen 127.0.0.1:${port};
    keepalive_requests 1000000;
    location / { proxy_pass http://$pool; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}
`;
}

/** Reads JSON lines until the event came; the URL of the ready line. */
async function untilEvent(child: ChildProcess, event: string): Promise<string> {
  if (child.stdout === null) throw new Error('no standard output');
  let url = '';
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line) as { event: string; http?: string };
    url = message.http ?? url;
    if (message.event !== event) continue;
    child.stdout.resume();
    return url;
  }
  throw new Error(`it ended before it was ${event}`);
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not start within 5 s');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
