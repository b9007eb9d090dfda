// pnpm build [--clean]: the command line and the page, bundled into dist/.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { fingerprint } from '../launch/fresh.mjs';
import { writeCodeCache } from './code-cache.ts';
import { type BundledPackage, collectLicenses, printLicenses } from './licenses.ts';
import { pruneOldFiles } from './prune.ts';

const root = join(import.meta.dirname, '..', '..');
const dist = join(root, 'dist');
const packages = new Map<string, BundledPackage>();

const sources = fingerprint(root); // taken before, so that a file saved meanwhile makes the next start build again
if (process.argv.includes('--clean')) rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const cli = await bundle('sim-core');
const entry = cli.find((file) => file.type === 'chunk' && file.isEntry)?.fileName;
if (!entry) throw new Error('The build of sim-core has no entry.');
if (existsSync(join(root, 'packages', 'sim-ui', 'index.html'))) await bundle('sim-ui');
writeFileSync(join(dist, 'THIRD_PARTY_LICENSES.txt'), printLicenses(packages.values()));
pruneOldFiles(join(dist, 'cli'), new Set(cli.map((file) => file.fileName)), Date.now());
pruneOldFiles(join(dist, 'code-cache'), new Set(), Date.now());

const cached = await writeCodeCache(root, dist, join(dist, 'cli', entry));
// Written last and at once: whoever starts meanwhile sees the old build or the new one, never half of one.
writeFileSync(join(dist, 'build.json.new'), JSON.stringify({ entry: `cli/${entry}`, sources }));
renameSync(join(dist, 'build.json.new'), join(dist, 'build.json'));
console.log(`dist/cli/${entry}: ${packages.size} packages bundled, code cache: ${cached}`);

async function bundle(name: string): Promise<Rolldown.RolldownOutput['output'][number][]> {
  const folder = join(root, 'packages', name);
  const output = await build({
    configFile: join(folder, 'vite.config.ts'),
    logLevel: 'warn',
    plugins: [collectLicenses(packages)],
  });
  if (!('output' in output)) throw new Error(`The build of ${name} is not one bundle.`);
  return output.output;
}
