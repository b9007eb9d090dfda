import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

/** Lints one text at several places of the tree; returns the broken rules by place. */
function brokenRules(text: string, ...rooms: string[]): Record<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lint-'));
  copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
  const paths = rooms.map((room) => `packages/sim-core/src/${room}/x.ts`);
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const args = [biome, 'lint', '--reporter=json', '--vcs-enabled=false', '--max-diagnostics=none', 'packages'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  if (!stdout.startsWith('{')) throw new Error(stderr);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string } }[] };
  const rulesAt = (path: string) =>
    diagnostics.filter(({ location }) => location.path === path).map(({ category }) => category);
  return Object.fromEntries(rooms.map((room, i) => [room, rulesAt(paths[i] ?? '')]));
}

test('time and the process are errors where they are handed in, and allowed in sim, host and cli', () => {
  const uses = [
    'Date.now()',
    'setTimeout(f, 1)',
    'setInterval(f, 1)',
    'setImmediate(f)',
    'performance.now()',
    'process.pid',
    'Buffer.alloc(1)',
  ];
  const text = `declare const f: () => void;\nexport const run = () => [f, ${uses.join(', ')}];\n`;
  const found = brokenRules(text, 'kubelet', 'ingress-nginx/nginx', 'sim', 'host', 'cli');
  const all = uses.map(() => 'lint/style/noRestrictedGlobals');
  expect(found).toEqual({ kubelet: all, 'ingress-nginx/nginx': all, sim: [], host: [], cli: [] });
});

test("Node's own modules are errors outside host and cli", () => {
  const found = brokenRules(
    `import { readFileSync } from 'node:fs';\n\nexport const read = readFileSync;\n`,
    'sim',
    'api',
    'host',
    'cli',
  );
  const error = ['lint/correctness/noNodejsModules'];
  expect(found).toEqual({ sim: error, api: error, host: [], cli: [] });
});
