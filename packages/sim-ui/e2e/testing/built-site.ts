import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** A built page behind the plainest web server. */
export interface BuiltSite {
  readonly url: string;
  /** Where it was built. */
  readonly folder: string;
  close(): void;
}

/** What a site is built and served with. */
export interface SiteOptions {
  /** What `/` answers. */
  readonly entry?: string;
  /** Where the site lies, with a slash at both ends. */
  readonly base?: string;
  readonly headers?: OutgoingHttpHeaders;
}

/** Builds a page into a folder of its own, and serves it. */
export async function serveBuilt(
  build: (folder: string) => Promise<unknown>,
  { entry = 'index.html', base = '/', headers = {} }: SiteOptions = {},
): Promise<BuiltSite> {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  await build(folder);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    const file = join(folder, pathname.slice(base.length) || entry);
    if (!pathname.startsWith(base) || !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain', ...headers });
    return response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`,
    folder,
    close: () => {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true });
    },
  };
}
