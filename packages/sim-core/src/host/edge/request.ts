import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpRequest } from '../../workloads/workload.ts';
import type { Route } from './route.ts';
import { bodyOf } from './streams.ts';

/** A request as the engine receives it. Nothing is copied, and all have the same shape, which the hot path lives on. */
export function edgeRequest(
  request: IncomingMessage,
  { url, headers }: Pick<Route, 'url' | 'headers'>,
  remoteAddress: string,
  body: ReadableStream<Uint8Array> | undefined,
): HttpRequest {
  return { method: request.method as string, url, httpVersion: request.httpVersion, headers, remoteAddress, body };
}

/** The body of a request that has one. A client that waits for `100 Continue` gets it when somebody reads. */
export function requestBody(
  request: IncomingMessage,
  response: ServerResponse,
): ReadableStream<Uint8Array> | undefined {
  const { rawHeaders } = request;
  return hasBody(rawHeaders)
    ? bodyOf(request, response, expectsContinue(rawHeaders) ? () => sendContinue(response) : undefined)
    : undefined;
}

/** Content-Length above zero, or a transfer coding. */
function hasBody(headers: readonly string[]): boolean {
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    if (name.length === 14 && name.toLowerCase() === 'content-length') return headers[i + 1] !== '0';
    if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') return true;
  }
  return false;
}

function expectsContinue(headers: readonly string[]): boolean {
  return headers.some((name, i) => i % 2 === 0 && name.length === 6 && name.toLowerCase() === 'expect');
}

function sendContinue(response: ServerResponse): void {
  if (!response.headersSent && !response.destroyed) response.writeContinue();
}
