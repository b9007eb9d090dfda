import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { SecureVersion } from 'node:tls';
import { promisify } from 'node:util';
import { median } from './statistics.ts';
import { ratioLine } from './throughput/compare.ts';
import { eventLoopP99, resetEventLoop } from './throughput/event-loop.ts';
import { shakeHands } from './throughput/handshakes.ts';
import { startHello } from './throughput/hello.ts';
import type { Peer } from './throughput/peer.ts';
import { ensureProxies, startHaproxy, startNginx } from './throughput/proxies.ts';
import { readBackRecords } from './throughput/records.ts';
import { canaryManifests, startSandbox } from './throughput/sandbox.ts';
import { attachViewers } from './throughput/viewers.ts';
import { fire, type Load, type Round } from './throughput/wrk.ts';

const SECONDS = 3;
const VIEWERS = 3;
const CROWD = 1000;
const OPEN_LOOP_RATE = 8000;
const SANDBOX = 'sandbox';
const HELLO = 'node:http hello';
const NGINX = 'nginx → node';
const HAPROXY = 'HAProxy → node';
const MANY = 'sandbox, 40 more ingresses';

/** What every round measured, by peer. */
type Results = Map<string, Round[]>;

/**
 * Requests a second and CPU a request (wrk -t1 -c50), every server in turn within each round; ratios of what one round
 * measured, so that a busy machine is busy for all.
 */
export async function benchThroughput(rounds: number): Promise<void> {
  if (spawnSync('wrk', ['--version']).error !== undefined) {
    console.log('throughput: skipped, wrk is not installed');
    return;
  }
  const there = ensureProxies();
  const sandbox = await startSandbox(SANDBOX, canaryManifests());
  const many = await startSandbox(MANY, canaryManifests(40, 500));
  const peers: Peer[] = [await startHello(), sandbox, many];
  if (there.nginx) peers.push(await startNginx());
  if (there.haproxy) peers.push(await startHaproxy());
  const detach = await attachViewers(sandbox, VIEWERS);
  try {
    const plain = measure(peers, rounds, { seconds: SECONDS });
    const records = await readBackRecords(sandbox);
    console.log(
      `throughput, wrk -t1 -c50, ${rounds} rounds of ${SECONDS} s in turn, ${VIEWERS} viewers, ${records} records read back`,
    );
    reportPlain(plain);
    const secure = peers.filter(({ secureUrl, name }) => secureUrl !== undefined && name !== MANY);
    reportSecure(measure(secure, rounds, { seconds: SECONDS, secure: true }), 'TLS, connections kept', 1.2, 1.4);
    const fresh: Load = { seconds: SECONDS, secure: true, newConnections: true };
    reportSecure(measure(secure, rounds, fresh), 'TLS, new connection for each request', 0.28, 0.5);
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) await reportResumption(sandbox, version, rounds);
    reportCrowd(sandbox);
    await reportLatency(
      peers.filter(({ name }) => name === SANDBOX || name === NGINX),
      rounds,
    );
    await reportEventLoop(
      peers.filter(({ name }) => name === SANDBOX || name === HELLO),
      rounds,
    );
  } finally {
    detach();
    await Promise.all(peers.map((peer) => peer.stop()));
  }
}

function measure(peers: readonly Peer[], rounds: number, load: Load): Results {
  const results: Results = new Map();
  for (const peer of peers) fire(peer, { ...load, seconds: 1 }); // warm
  for (let round = 0; round < rounds; round++)
    for (const peer of inTurn(peers, round))
      results.set(peer.name, [...(results.get(peer.name) ?? []), fire(peer, load)]);
  return results;
}

/** Each round begins with another peer. */
function inTurn<T>(all: readonly T[], round: number): T[] {
  const first = round % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

function reportPlain(results: Results): void {
  for (const [name, rounds] of results) {
    const speed = median(rounds.map(({ requestsPerSecond }) => requestsPerSecond)).toFixed(0);
    console.log(
      `  ${name.padEnd(30)} ${speed.padStart(6)} requests/s, CPU ${median(rounds.map(({ cpu }) => cpu)).toFixed(1)} µs a request`,
    );
  }
  compareCpu(results, HELLO, { atMost: 1.5, aim: 1.15 });
  compareCpu(results, NGINX, { atMost: 0.65, aim: 0.5 });
  compareSpeed(results, HELLO, { atLeast: 0.75, aim: 0.95 });
  compareSpeed(results, NGINX, { atLeast: 1.2, aim: 1.5 });
  compareSpeed(results, HAPROXY, { atLeast: 1.15, aim: 1.4 });
  const cpu = (name: string) => (results.get(name) ?? []).map((round) => round.cpu);
  console.log(ratioLine('CPU, 40 more ingresses with 500 paths ÷ one', cpu(MANY), cpu(SANDBOX), { atMost: 1.1 }));
}

function compareCpu(results: Results, peer: string, bar: { atMost: number; aim: number }): void {
  const cpu = (name: string) => (results.get(name) ?? []).map((round) => round.cpu);
  if (results.has(peer)) console.log(ratioLine(`CPU a request ÷ ${peer}`, cpu(SANDBOX), cpu(peer), bar));
}

function compareSpeed(results: Results, peer: string, bar: { atLeast: number; aim: number }): void {
  const speed = (name: string) => (results.get(name) ?? []).map((round) => round.requestsPerSecond);
  if (results.has(peer)) console.log(ratioLine(`requests/s ÷ ${peer}`, speed(SANDBOX), speed(peer), bar));
}

function reportSecure(results: Results, what: string, atLeast: number, aim: number): void {
  const speed = (name: string) => (results.get(name) ?? []).map((round) => round.requestsPerSecond);
  const cpu = (name: string) => (results.get(name) ?? []).map((round) => round.cpu);
  for (const name of results.keys()) {
    const said = `${median(speed(name)).toFixed(0)} requests/s, CPU ${median(cpu(name)).toFixed(1)} µs a request`;
    console.log(`  ${what}: ${name} ${said}`);
  }
  if (results.has(NGINX)) console.log(ratioLine(`${what} ÷ ${NGINX}`, speed(SANDBOX), speed(NGINX), { atLeast, aim }));
}

/** What a connection costs that resumes a session, beside one that shakes hands from the start. */
async function reportResumption(sandbox: Peer, version: SecureVersion, rounds: number): Promise<void> {
  await shakeHands(sandbox, version); // warm
  const all = [];
  for (let round = 0; round < rounds; round++) all.push(await shakeHands(sandbox, version));
  const [full, resumed] = [all.map((round) => round.full), all.map((round) => round.resumed)];
  console.log(
    `  ${version}, CPU of a connection: ${median(full).toFixed(0)} µs, ${median(resumed).toFixed(0)} µs with a resumed session`,
  );
  console.log(ratioLine(`CPU of a ${version} connection, resumed ÷ full`, resumed, full, { atMost: 0.8 }));
}

/** A thousand connections at once: {@link fire} throws where one was lost or one answer was no success. */
function reportCrowd(sandbox: Peer): void {
  const { requestsPerSecond } = fire(sandbox, { seconds: SECONDS, connections: CROWD });
  console.log(`  ok     ${CROWD} connections at once: no error, ${requestsPerSecond.toFixed(0)} requests/s`);
}

/** Open-loop load of the same rate; the 99th percentile of what clients waited. */
async function reportLatency(peers: readonly Peer[], rounds: number): Promise<void> {
  const waits = new Map<string, number[]>(peers.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const peer of inTurn(peers, round)) waits.get(peer.name)?.push(await openLoopP99(peer));
  const p99 = (name: string) => median(waits.get(name) ?? []);
  for (const name of waits.keys()) console.log(`  p99 at ${OPEN_LOOP_RATE}/s: ${name} ${p99(name).toFixed(2)} ms`);
  if (!waits.has(NGINX)) return;
  const most = 1.25 * p99(NGINX) + 1;
  console.log(
    `  ${p99(SANDBOX) <= most ? 'ok    ' : 'MISSED'} p99 at most 1.25 × ${NGINX} + 1 ms = ${most.toFixed(2)} ms`,
  );
}

async function openLoopP99({ url, host }: Peer): Promise<number> {
  const { host: target } = new URL(url);
  const script = [join('scripts', 'ts.mjs'), join('scripts', 'bench', 'throughput', 'open-loop.ts')];
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...script,
    target,
    host ?? target,
    String(OPEN_LOOP_RATE),
    '3',
  ]);
  return (JSON.parse(stdout) as { p99: number }).p99;
}

/** How late the event loop runs under full load, beside that of the bare server. */
async function reportEventLoop(peers: readonly Peer[], rounds: number): Promise<void> {
  const delays = new Map<string, number[]>(peers.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const peer of inTurn(peers, round)) {
      const [child] = peer.processes;
      if (child === undefined) continue;
      resetEventLoop(child);
      fire(peer, { seconds: 1 });
      delays.get(peer.name)?.push(await eventLoopP99(child));
    }
  const p99 = (name: string) => median(delays.get(name) ?? []);
  const most = p99(HELLO) + 5;
  console.log(
    `  ${p99(SANDBOX) <= most ? 'ok    ' : 'MISSED'} event loop delay p99: sandbox ${p99(SANDBOX).toFixed(2)} ms, hello ${p99(HELLO).toFixed(2)} ms (at most ${most.toFixed(2)})`,
  );
}
