import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..', '..');
const page = join(root, 'packages', 'sim-ui');

/** Builds the page with its engine in it, without a server behind, into a folder of its own. */
export async function buildStatic(outDir: string): Promise<void> {
  await build({
    configFile: join(page, 'vite.config.ts'),
    logLevel: 'error',
    // It may lie in any folder of any web server.
    base: './',
    build: { outDir, emptyOutDir: true, rolldownOptions: { input: join(page, 'static.html') } },
  });
  renameSync(join(outDir, 'static.html'), join(outDir, 'index.html'));
}
