import type { ServerResponse } from 'node:http';
import type { ApiResponse } from '../../index.ts';

/** A client that has not read so many bytes of a watch is cut off; it comes back with a list. */
const MOST_UNREAD = 32 * 1024 * 1024;

/** Writes an answer. */
export function sendResponse(outgoing: ServerResponse, response: ApiResponse): void {
  const headers = { ...response.headers, 'cache-control': response.headers['cache-control'] ?? 'no-cache, private' };
  if ('body' in response) {
    const body = typeof response.body === 'string' ? Buffer.from(response.body) : response.body;
    const length = response.status === 304 ? {} : { 'content-length': String(body.length) };
    outgoing.writeHead(response.status, { ...headers, ...length });
    outgoing.end(response.status === 304 ? undefined : body);
    return;
  }
  outgoing.writeHead(response.status, headers);
  outgoing.flushHeaders();
  const stop = response.stream({
    write: (chunk) => {
      if (outgoing.writableLength > MOST_UNREAD) outgoing.destroy();
      return outgoing.write(chunk);
    },
    end: () => outgoing.end(),
  });
  outgoing.once('close', stop);
}
