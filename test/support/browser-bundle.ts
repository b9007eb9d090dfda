import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';

const root = join(import.meta.dirname, '..', '..');
const BUILT_IN = new Set(builtinModules);

/** A script for a page: it defines one global, `sandbox`, with everything that the entry exports. */
export interface BrowserBundle {
  readonly code: string;
  /** The files in it, from the project's root or their package's name on. */
  readonly modules: readonly string[];
}

/**
 * Bundles a module of ours for a page without a server.
 *
 * @param entry - from the project's root; the engine by default
 * @throws when anything in it imports a module of Node, naming the chain's last link
 */
export async function bundleForBrowser(entry = 'packages/sim-core/src/index.ts'): Promise<BrowserBundle> {
  const output = (await build({
    configFile: false,
    root,
    logLevel: 'silent',
    plugins: [refuseNode()],
    build: {
      write: false,
      target: 'es2022',
      minify: false,
      lib: { entry: join(root, entry), name: 'sandbox', formats: ['iife'] },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput[];
  const [chunk] = output.flatMap((one) => one.output).filter((one) => one.type === 'chunk');
  if (!chunk) throw new Error(`${entry}: the bundle is empty`);
  return {
    code: chunk.code,
    modules: chunk.moduleIds.map((id) => id.replace(`${root}/`, '').replace(/^.*node_modules\//, '')),
  };
}

/** Vite would replace Node's modules by empty ones; here they are errors. */
function refuseNode(): Plugin {
  return {
    name: 'refuse-node',
    enforce: 'pre',
    resolveId(id, importer) {
      if (!id.startsWith('node:') && !BUILT_IN.has(id.split('/')[0] ?? '')) return undefined;
      throw new Error(`${importer?.replace(`${root}/`, '')} imports ${id}, which no browser has`);
    },
  };
}
