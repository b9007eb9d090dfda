import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { type BuiltSite, serveBuilt } from './built-site.ts';

const PACKAGE = join(import.meta.dirname, '..', '..');
/** The policy that the sandbox's own server sends. */
const POLICY = "default-src 'self'; connect-src 'self'; frame-ancestors 'none'";

/** The page over its demo cluster, built and served as the real one is. */
export interface DemoPage extends BuiltSite {
  /** The built files, as they are. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** The scripts that a module of `src` is in, with all that they need, by file name; none where it is in no chunk of its own. */
  scriptsOf(module: string): ReadonlySet<string>;
}

/** @param entry - `index.html` for the page itself, `dev.html` for the one over the demo cluster */
export async function serveDemoPage(entry = 'dev.html'): Promise<DemoPage> {
  const names: string[] = [];
  const chunks = new Map<string, Chunk>();
  const buildPage = async (outDir: string): Promise<void> => {
    const output = await build({
      configFile: join(PACKAGE, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir, emptyOutDir: true, rolldownOptions: { input: join(PACKAGE, entry) } },
    });
    if (!('output' in output)) throw new Error('The build of the page is not one bundle.');
    names.push(...output.output.map(({ fileName }) => fileName));
    for (const one of output.output) if (one.type === 'chunk') chunks.set(one.fileName, one);
  };
  const site = await serveBuilt(buildPage, { entry, headers: { 'content-security-policy': POLICY } });
  return {
    ...site,
    files: new Map(names.map((name) => [name, readFileSync(join(site.folder, name))])),
    scriptsOf: (module) => closure(chunks, (id) => id.endsWith(`/sim-ui/src/${module}`)),
  };
}

/** A script of the build. */
interface Chunk {
  readonly fileName: string;
  readonly facadeModuleId: string | null;
  readonly imports: readonly string[];
}

/** The chunk that a module begins, and what it imports. */
function closure(chunks: ReadonlyMap<string, Chunk>, isModule: (id: string) => boolean): ReadonlySet<string> {
  const first = [...chunks.values()].filter(
    ({ facadeModuleId }) => facadeModuleId !== null && isModule(facadeModuleId),
  );
  const needed = new Set(first.map(({ fileName }) => fileName));
  for (const name of needed) for (const other of chunks.get(name)?.imports ?? []) needed.add(other);
  return needed;
}
