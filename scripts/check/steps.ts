import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** One thing that `pnpm check` looks at. */
interface Step {
  readonly name: string;
  /** Arguments of node, from the project's root. */
  readonly args: readonly string[];
}

const biome = join('node_modules', '@biomejs', 'biome', 'bin', 'biome');
const rules = [join('scripts', 'ts.mjs'), join('scripts', 'check', 'rules.ts')];

export const STEPS: readonly Step[] = [
  { name: 'typecheck', args: [join('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'lint', args: [biome, 'lint', '--error-on-warnings'] },
  { name: 'format', args: [biome, 'check', '--linter-enabled=false'] },
  { name: 'rooms', args: [...rules, 'rooms'] },
  { name: 'state', args: [...rules, 'state'] },
  { name: 'words', args: [...rules, 'words'] },
];

/** Runs every step, one behind the other, and says how each went; a failing one shows all it has to say. */
export async function runChecks(steps: readonly Step[] = STEPS): Promise<{ passed: number; failed: number }> {
  const counts = { passed: 0, failed: 0 };
  for (const step of steps) {
    const started = performance.now();
    const { code, output } = await run(step.args);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (code !== 0) console.log(output.trimEnd());
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s)`);
    counts[code === 0 ? 'passed' : 'failed'] += 1;
  }
  return counts;
}

function run(args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}
