import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, spread } from './statistics.ts';
import { extraUrls, manyIngresses } from './throughput/sandbox.ts';

const CANARY = join('scenarios', 'canary.yaml');
const REQUESTS = 1_000_000;
const INGRESSES = 40;
const PATHS = 500;

/**
 * Requests a second of CPU time in `simulate`: on scenarios/canary.yaml, and with forty more Ingresses whose paths are asked for in turn. What
 * starting costs is measured beside it, and taken off.
 */
export function benchSimulate(rounds: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'bench-simulate-'));
  const many = join(folder, 'many.yaml');
  writeFileSync(many, manyIngresses(INGRESSES, PATHS, 'netflix-frontend', 3000));
  const urls = extraUrls(INGRESSES, PATHS).flatMap((url) => ['--url', url]);
  const one: number[] = [];
  const mixed: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      one.push(requestsPerSecond([CANARY]));
      mixed.push(requestsPerSecond([CANARY, many, ...urls]));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const ratio = median(one) / median(mixed);
  console.log(`simulate, requests a second of CPU time, ${REQUESTS} requests, ${rounds} rounds in turn`);
  console.log(`  canary.yaml                      ${spread(one, '/s')} (bar 300000, aim 1000000)`);
  console.log(`  40 more ingresses, all in turn   ${spread(mixed, '/s')}`);
  console.log(`  ratio                            ${ratio.toFixed(2)} (bar 2)`);
}

function requestsPerSecond(input: readonly string[]): number {
  const spent = cpuSeconds(input, REQUESTS) - cpuSeconds(input, 1);
  return REQUESTS / spent;
}

function cpuSeconds(input: readonly string[], requests: number): number {
  const args = [join('scripts', 'bench', 'simulate', 'cpu-of-cli.mjs'), 'simulate', ...input];
  const output = execFileSync(process.execPath, [...args, '--requests', String(requests), '--output', 'json'], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const answers = /"requests":(\d+)/.exec(output)?.[1];
  if (answers !== String(requests) || /"status":(?!200\b)/.test(output))
    throw new Error(`not every request was answered with 200: ${output.slice(0, 500)}`);
  return Number(output.trim().split('\n').at(-1)) / 1e6;
}
