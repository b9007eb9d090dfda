import { type Answer, BAD_REQUEST, BODY_TOO_LARGE } from '../answer.ts';
import type { RequestContext } from '../request-context.ts';

/**
 * Reads a body whose length was not announced before a pod is asked, as nginx does with proxy_request_buffering on: only so
 * can it answer 413, and 400 for one that breaks off. Announced bodies were measured already and stream through.
 */
export function readBody(context: RequestContext): undefined | Promise<Answer | undefined> {
  const { body } = context.request;
  const limit = context.location?.location.directives.clientMaxBodySize ?? 0;
  if (body === undefined || context.contentLength >= 0 || limit === 0) return undefined;
  return readAll(context, body, limit);
}

async function readAll(
  context: RequestContext,
  body: ReadableStream<Uint8Array>,
  limit: number,
): Promise<Answer | undefined> {
  const chunks: Uint8Array[] = [];
  const reader = body.getReader();
  let size = 0;
  for (;;) {
    const next = await reader.read().catch(() => undefined);
    if (next === undefined) return BAD_REQUEST;
    const { done, value } = next;
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      reader.cancel().catch(() => undefined);
      return BODY_TOO_LARGE;
    }
    chunks.push(value);
  }
  context.bufferedBody = chunks;
  context.contentLength = size;
  return undefined;
}
