import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { sendMessage } from './answer.ts';

const TYPES: Readonly<Record<string, string>> = Object.freeze({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
});

/** Whatever else lies in the folder is not for browsers. Names that begin with a dot never are. */
const PATH = /^(\/[A-Za-z0-9_][A-Za-z0-9._-]*)+$/;

/** Serves the built page. Names in `assets/` carry their content's hash and never change. */
export async function serveStatic(
  directory: string,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return sendMessage(response, 405, `${request.method} is not possible here`);
  }
  const name = path === '/' ? '/index.html' : path;
  const type = TYPES[extname(name)];
  const content = type !== undefined && PATH.test(name) ? await read(join(directory, name)) : undefined;
  if (content === undefined) return sendMessage(response, 404, missing(path));
  const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
  response.setHeader('ETag', tag);
  response.setHeader('Cache-Control', name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304);
    response.end();
    return;
  }
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': content.length });
  response.end(request.method === 'HEAD' ? undefined : content);
}

function missing(path: string): string {
  if (path === '/') return 'the page is not built here: run "pnpm build"; the control API works without it';
  return `there is nothing at ${path}`;
}

async function read(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch {
    return undefined;
  }
}
