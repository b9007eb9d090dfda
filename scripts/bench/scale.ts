import { execFileSync } from 'node:child_process';
import { median, spread } from './statistics.ts';

/** CPU time of createCluster + one Deployment of N pods + settle, each in a process of its own. */
export function benchScale(rounds: number): void {
  const small: number[] = [];
  const large: number[] = [];
  const probed: number[] = [];
  for (let round = 0; round < rounds; round++) {
    small.push(cpuMilliseconds('1000'));
    large.push(cpuMilliseconds('10000'));
    probed.push(cpuMilliseconds('10000', 'probes'));
  }
  const ratio = median(large) / median(small);
  console.log(`scale, CPU time until settled, ${rounds} rounds in turn`);
  console.log(`   1,000 pods                   ${spread(small, 'ms')} (bar 1000, aim 300)`);
  console.log(`  10,000 pods                   ${spread(large, 'ms')} (bar 8000, aim 3000)`);
  console.log(`  10,000 with readiness probes  ${spread(probed, 'ms')}`);
  console.log(`  ratio 10,000 to 1,000         ${ratio.toFixed(1)} (bar 14)`);
}

function cpuMilliseconds(...options: string[]): number {
  const args = ['scripts/ts.mjs', 'scripts/bench/scale-one.ts', ...options];
  const output = execFileSync(process.execPath, args, { encoding: 'utf8', timeout: 120_000 });
  return (JSON.parse(output) as { cpuMilliseconds: number }).cpuMilliseconds;
}
