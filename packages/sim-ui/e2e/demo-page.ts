import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'vite';

const PACKAGE = join(import.meta.dirname, '..');
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
/** The policy that the sandbox's own server sends. */
const POLICY = "default-src 'self'; connect-src 'self'; frame-ancestors 'none'";

/** The page over its demo cluster, built and served as the real one is. */
export interface DemoPage {
  readonly url: string;
  /** Sizes of the built scripts and style sheets, bytes as they are. */
  readonly files: ReadonlyMap<string, Buffer>;
  close(): void;
}

/** @param entry - `index.html` for the page itself, `dev.html` for the one over the demo cluster */
export async function serveDemoPage(entry = 'dev.html'): Promise<DemoPage> {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  const output = await build({
    configFile: join(PACKAGE, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, rolldownOptions: { input: join(PACKAGE, entry) } },
  });
  if (!('output' in output)) throw new Error('The build of the page is not one bundle.');
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname;
    const file = join(folder, path === '/' ? entry : path);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'text/plain',
      'content-security-policy': POLICY,
    });
    return response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    files: new Map(output.output.map(({ fileName }) => [fileName, readFileSync(join(folder, fileName))])),
    close: () => {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true });
    },
  };
}
