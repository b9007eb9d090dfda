// pnpm build [--clean]: the command line and the page, bundled into dist/.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { build, type Plugin, parseSync, type Rolldown } from 'vite';
import { fingerprint } from '../launch/fresh.mjs';
import { asciiOnly } from './ascii.ts';
import { writeCodeCache } from './code-cache.ts';
import { type BundledPackage, collectLicenses, printLicenses } from './licenses.ts';
import { pruneOldFiles } from './prune.ts';

const root = join(import.meta.dirname, '..', '..');
const dist = join(root, 'dist');

buildAll().catch((error: Error) => {
  // With file, line and code frame; the bundler's own stack says nothing more.
  console.error(stripVTControlCharacters(error.message));
  process.exitCode = 1;
});

async function buildAll(): Promise<void> {
  const sources = fingerprint(root); // taken before, so that a file saved meanwhile makes the next start build again
  if (process.argv.includes('--clean')) rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const packages = new Map<string, BundledPackage>();
  const cli = await bundle('sim-core', packages, asciiOnly());
  const entry = cli.find((file) => file.isEntry)?.fileName;
  if (!entry) throw new Error('The build of sim-core has no entry.');
  for (const { code, fileName } of cli) refuseDynamicImport(fileName, code);
  if (existsSync(join(root, 'packages', 'sim-ui', 'index.html'))) await bundle('sim-ui', packages);
  writeFileSync(join(dist, 'THIRD_PARTY_LICENSES.txt'), printLicenses(packages.values()));
  for (const folder of ['cli', 'code-cache', 'ui/assets']) pruneOldFiles(join(dist, folder), Date.now());
  const cached = await writeCodeCache(root, dist, join(dist, 'cli', entry));
  publish(`cli/${entry}`, sources);
  console.log(`dist/cli/${entry}: ${packages.size} packages bundled, code cache: ${cached}`);
}

async function bundle(
  name: string,
  packages: Map<string, BundledPackage>,
  ...more: readonly Plugin[]
): Promise<Rolldown.OutputChunk[]> {
  const folder = join(root, 'packages', name);
  const plugins = [collectLicenses(packages), ...more];
  const output = await build({ configFile: join(folder, 'vite.config.ts'), logLevel: 'warn', plugins });
  if (!('output' in output)) throw new Error(`The build of ${name} is not one bundle.`);
  return output.output.filter((file) => file.type === 'chunk');
}

/** The bundler turns every `import()` into a `require`; one that is left would fail in a script from the code cache. */
function refuseDynamicImport(fileName: string, code: string): void {
  const [left] = parseSync(fileName, code).module.dynamicImports;
  if (left) throw new Error(`${fileName} keeps a dynamic import: ${code.slice(left.start, left.end)}`);
}

/** Written last and at once: whoever starts meanwhile sees the old build or the new one, never half of one. */
function publish(entry: string, sources: string): void {
  const path = join(dist, 'build.json');
  writeFileSync(`${path}.new`, JSON.stringify({ entry, sources }));
  renameSync(`${path}.new`, path);
}
