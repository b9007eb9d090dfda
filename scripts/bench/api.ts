import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Kubectl, kubectls } from '../../test/support/kubectl.ts';
import { cpuMicroseconds } from './cpu.ts';
import { median, spread } from './statistics.ts';

const PODS = 10_000;
const WATCHERS = 50;
const WATCHED_SECONDS = 5;
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
const DISCOVERY = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${PODS}
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx:1.27}]}}
`;

/**
 * `kubectl get pods -A` on 10,000 pods, against the sandbox and against a server that gives one recorded answer of that size,
 * in turn; then what 50 watchers cost to which nothing happens.
 */
export async function benchApi(rounds: number): Promise<void> {
  const kubectl = kubectls().at(-1);
  if (kubectl === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'bench-api-'));
  const { child, url } = await startSandbox(folder);
  const canned = await startCanned(url);
  try {
    const list = (server: string) => listMilliseconds(kubectl, server, folder);
    const cannedUrl = `http://127.0.0.1:${(canned.address() as AddressInfo).port}`;
    const times = { sandbox: [] as number[], canned: [] as number[] };
    for (const server of [url, cannedUrl]) await list(server); // warm, and discovery is kept
    for (let round = 0; round < rounds; round++) {
      times.sandbox.push(await list(url));
      times.canned.push(await list(cannedUrl));
    }
    const ratio = median(times.sandbox) / median(times.canned);
    console.log(`api, kubectl ${kubectl.version} get pods -A, ${PODS} pods, ${rounds} rounds in turn`);
    console.log(`  sandbox               ${spread(times.sandbox, 'ms')}`);
    console.log(`  one recorded answer   ${spread(times.canned, 'ms')}`);
    console.log(`  ratio                 ${ratio.toFixed(2)} (bar 1.5)`);
    const cpu = await watchersCpu(url, child);
    console.log(`  ${WATCHERS} idle watchers      ${(cpu * 100).toFixed(1)} % of a core (bar 10 %)`);
  } finally {
    canned.close();
    canned.closeAllConnections();
    child.kill('SIGTERM');
    await once(child, 'exit');
    rmSync(folder, { recursive: true });
  }
}

async function startSandbox(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const runtime = join(folder, 'runtime');
  mkdirSync(runtime, { mode: 0o700 });
  writeFileSync(join(folder, 'pods.yaml'), MANIFEST);
  const ports = ['http', 'https', 'ui', 'api', 'dns'].flatMap((name) => [`--${name}-port`, '0']);
  const args = ['bin/k8s-ingress-sandbox.mjs', join(folder, 'pods.yaml'), '--output', 'json', '--api-http', ...ports];
  const env = { ...process.env, XDG_RUNTIME_DIR: runtime };
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
  let url = '';
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line) as { event: string; kubernetes?: string };
    url = message.kubernetes ?? url;
    if (message.event === 'settled') break;
  }
  child.stdout.resume();
  return { child, url };
}

/** A server that knows three answers, each as the sandbox gave it. */
async function startCanned(url: string): Promise<Server> {
  const answers = new Map<string, { type: string; body: Buffer }>();
  for (const [path, accept] of [
    ['/api', DISCOVERY],
    ['/apis', DISCOVERY],
    ['/api/v1/pods', TABLE],
  ] as const) {
    const response = await fetch(url + path, { headers: { accept } });
    const type = response.headers.get('content-type') ?? '';
    answers.set(path, { type, body: Buffer.from(await response.arrayBuffer()) });
  }
  const server = createServer((asked, answer) => {
    const found = answers.get(asked.url?.split('?')[0] ?? '');
    answer.writeHead(found ? 200 : 404, { 'content-type': found?.type ?? 'text/plain' }).end(found?.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** A run of kubectl to its end; asynchronous, because one of the servers is in this process. */
async function listMilliseconds({ path }: Kubectl, server: string, folder: string): Promise<number> {
  const env = { PATH: process.env.PATH, HOME: folder, KUBECONFIG: '/dev/null' };
  const start = performance.now();
  const child = spawn(path, ['--server', server, 'get', 'pods', '-A'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let lines = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 10) lines++;
  });
  await once(child, 'close');
  if (lines <= PODS) throw new Error(`kubectl printed ${lines} lines`);
  return performance.now() - start;
}

/** The share of a core that the sandbox uses while watchers only watch. */
async function watchersCpu(url: string, child: ChildProcess): Promise<number> {
  const watchers = Array.from({ length: WATCHERS }, () =>
    get(`${url}/api/v1/configmaps?watch=true&resourceVersion=0`, (response) => response.resume()).on('error', () => {}),
  );
  const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1000));
  await seconds(2);
  const before = cpuMicroseconds([child]);
  await seconds(WATCHED_SECONDS);
  const spent = cpuMicroseconds([child]) - before;
  for (const watcher of watchers) watcher.destroy();
  return spent / (WATCHED_SECONDS * 1e6);
}
