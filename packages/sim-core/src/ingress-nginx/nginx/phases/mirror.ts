import type { Answer } from '../answer.ts';
import type { CompiledLocation } from '../compile.ts';
import { proxyHeaders } from '../proxy-headers.ts';
import type { RequestContext } from '../request-context.ts';
import { sendSubrequest } from '../subrequest.ts';

/** Sends a copy of the request elsewhere and forgets it (ngx_http_mirror_module). A body is read whole before. */
export function mirror(context: RequestContext): undefined | Promise<Answer | undefined> {
  const { mirror: mirroring } = context.location as CompiledLocation;
  if (mirroring === undefined || context.hypothetical) return undefined;
  const { body } = context.request;
  if (body === undefined || context.body !== undefined || !mirroring.requestBody) {
    sendCopy(context, undefined);
    return undefined;
  }
  if (context.bufferedBody !== undefined) {
    sendCopy(context, context.bufferedBody);
    return undefined;
  }
  return readAll(body).then((chunks) => {
    context.bufferedBody = chunks;
    context.contentLength = chunks.reduce((length, chunk) => length + chunk.byteLength, 0);
    sendCopy(context, chunks);
    return undefined;
  });
}

async function readAll(body: ReadableStream<Uint8Array>): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    chunks.push(value);
  }
}

function sendCopy(context: RequestContext, chunks: readonly Uint8Array[] | undefined): void {
  const { mirror: mirroring } = context.location as CompiledLocation;
  if (mirroring === undefined) return;
  const headers = withoutHost(proxyHeaders(context));
  const copy = { method: context.request.method, url: mirroring.target(context), headers, host: mirroring.host };
  sendSubrequest(context, chunks === undefined ? copy : { ...copy, body: streamOf(chunks) }, () => {});
}

function withoutHost(headers: readonly string[]): string[] {
  return headers.filter((_, index) => headers[index - (index % 2)]?.toLowerCase() !== 'host');
}

function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}
