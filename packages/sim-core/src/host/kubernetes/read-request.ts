import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { ApiRequest } from '../../index.ts';

/** The API server refuses more than 3 MiB; one byte more is enough to know. */
const MOST_READ = 3 * 1024 * 1024 + 1;

/** A request with its whole body, cut where the API server refuses it anyway; undefined: the client has gone. */
export async function readRequest(incoming: IncomingMessage): Promise<ApiRequest | undefined> {
  const body = await readBody(incoming);
  return body && requestOf(incoming, body);
}

/** A request without its body. */
export function requestOf({ method = 'GET', url = '/', headers }: IncomingMessage, body: Uint8Array): ApiRequest {
  return { method, url, headers: joined(headers), body };
}

function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on('data', (chunk: Buffer) => {
      // What comes behind the limit is read and thrown away, so that the client hears the answer.
      if (length >= MOST_READ) return;
      chunks.push(chunk);
      length += chunk.length;
      if (length >= MOST_READ) resolve(Buffer.concat(chunks));
    });
    incoming.once('end', () => resolve(Buffer.concat(chunks)));
    incoming.once('error', () => resolve(undefined));
    incoming.once('close', () => resolve(undefined));
  });
}

function joined(headers: IncomingHttpHeaders): Record<string, string | undefined> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return Object.fromEntries(entries);
}
