import { FileError } from '../files/file-error.ts';
import { resolvePath } from '../files/path.ts';
import { type Answer, answer } from '../http-answer.ts';
import type { ContainerContext } from '../program.ts';
import { pathOf } from '../request.ts';
import type { HttpRequest } from '../workload.ts';

const TYPES: Readonly<Record<string, string>> = Object.freeze({
  css: 'text/css',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  js: 'application/javascript',
  json: 'application/json',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  xml: 'text/xml',
});

/**
 * What a web server answers from its document root once that is not the image's any more: a volume is mounted there, or somebody
 * wrote to it. Undefined: the image's own pages. `'missing'` and `'forbidden'` are left to the server's own error pages.
 */
export function fromDocumentRoot(
  context: ContainerContext,
  root: string,
  server: string,
  request: HttpRequest,
): Answer | 'missing' | 'forbidden' | undefined {
  const files = context.files();
  if (!files.isTouched(root)) return undefined;
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  const path = resolvePath(root, `.${decode(pathOf(request.url))}`);
  if (!path.startsWith(root)) return 'missing';
  const isDirectory = files.isDirectory(path);
  const file = isDirectory ? `${path}/index.html` : path;
  try {
    return answer(200, TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream', files.read(file), [
      'server',
      server,
    ]);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return isDirectory ? 'forbidden' : 'missing';
  }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
