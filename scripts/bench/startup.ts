import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { median, spread } from './statistics.ts';

const BARE_SERVER = `
const server = require('node:http').createServer((request, response) => response.end('hello'));
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ event: 'ready', http: 'http://127.0.0.1:' + server.address().port })));
`;
const SANDBOX = [
  'bin/k8s-ingress-sandbox.mjs',
  'scenarios/ingress.yaml',
  ...['--cloud-delay', '0s', '--output', 'json', '--another', '--no-open'],
  ...['--http-port', '0', '--https-port', '0', '--ui-port', '0', '--dns-port', '0'],
];

/**
 * Cold start: from spawning node to the first 200, through load balancer and ingress, against a bare node:http server.
 * @param rounds how many of each, in turn
 */
export async function benchStartup(rounds: number): Promise<void> {
  const bare: number[] = [];
  const sandbox: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(await timeToFirst200(['-e', BARE_SERVER]));
    sandbox.push(await timeToFirst200(SANDBOX));
  }
  const ratio = median(sandbox) / median(bare);
  console.log(`start-up, spawn to first 200, ${rounds} rounds in turn`);
  console.log(`  bare node:http  ${spread(bare, 'ms')}`);
  console.log(`  sandbox         ${spread(sandbox, 'ms')}`);
  console.log(`  ratio           ${ratio.toFixed(2)} (bar 3.5, aim 2.5)`);
}

async function timeToFirst200(args: string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const url = await readyUrl(child);
    while ((await statusOf(url)) !== 200) {
      if (performance.now() - started > 20_000) throw new Error(`no 200 from ${args[0]} within 20 s`);
    }
    return performance.now() - started;
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}

async function readyUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no standard output');
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line) as { event: string; http?: string };
    if (message.event === 'ready' && message.http !== undefined) {
      child.stdout.resume();
      return message.http;
    }
  }
  throw new Error('it ended before it was ready');
}

/** Status of one GET; 0 while the connection is closed without an answer. */
function statusOf(url: string): Promise<number> {
  const host = 'k8s-ingressn-ingressn-65f99d2d5a.elb.us-east-1.localhost';
  return new Promise((resolve) => {
    const get = request(url, { headers: { host }, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    get.on('error', () => resolve(0));
    get.end();
  });
}
