import { type Answer, BAD_REQUEST, BODY_TOO_LARGE } from '../answer.ts';
import type { LocationDirectives } from '../directives.ts';
import { RequestBody } from '../request-body.ts';
import type { RequestContext } from '../request-context.ts';
import { log } from './log.ts';

/** Bytes of a body that are read before a pod is asked: nginx has a file for the rest, here it streams. */
const MOST_BUFFERED = 16 * 1024 ** 2;

/**
 * Reads the whole body before a pod is asked, with proxy_request_buffering (ngx_http_request_body.c): a pod sees nothing of
 * a client that is slow or goes away, and a next pod can be given the same body. 413 where it turns out too large, 400 where
 * it breaks off; who sends nothing for client_body_timeout is left without an answer.
 */
export function readBody(context: RequestContext): undefined | Promise<Answer | undefined> {
  const { body } = context.request;
  const directives = context.location?.location.directives;
  if (body === undefined || directives === undefined || !isBuffered(context, directives)) return undefined;
  return new BodyReader(context, body, directives.clientMaxBodySize).read();
}

/** Without a length HTTP/1.0 cannot be streamed to a pod; gRPC always is. */
function isBuffered({ chunked, contentLength }: RequestContext, directives: LocationDirectives): boolean {
  const { proxyRequestBuffering, proxyHttpVersion, backendProtocol } = directives;
  if (contentLength > MOST_BUFFERED || backendProtocol.startsWith('GRPC')) return false;
  return proxyRequestBuffering || (chunked && proxyHttpVersion === '1.0');
}

class BodyReader {
  readonly #context: RequestContext;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  /** 0 for none. */
  readonly #limit: number;
  readonly #chunks: Uint8Array[] = [];
  #size = 0;
  #lastActivity = 0;
  #timedOut = false;

  constructor(context: RequestContext, body: ReadableStream<Uint8Array>, limit: number) {
    this.#context = context;
    this.#reader = body.getReader();
    this.#limit = limit;
  }

  async read(): Promise<Answer | undefined> {
    this.#watch(this.#context.running.http.clientBodyTimeout);
    const answer = await this.#readAll();
    this.#context.cancelTimer?.();
    return answer;
  }

  async #readAll(): Promise<Answer | undefined> {
    for (;;) {
      const next = await this.#reader.read().catch(() => undefined);
      if (this.#timedOut) return undefined;
      if (next === undefined) return BAD_REQUEST;
      if (next.done) return this.#done();
      this.#lastActivity = this.#context.running.clock.requestNow();
      this.#size += next.value.byteLength;
      if (this.#limit > 0 && this.#size > this.#limit) return this.#tooLarge();
      this.#chunks.push(next.value);
      if (this.#size > MOST_BUFFERED) return this.#stream();
    }
  }

  #done(): undefined {
    this.#context.bufferedBody = this.#chunks;
    this.#context.contentLength = this.#size;
  }

  #tooLarge(): Answer {
    this.#reader.cancel().catch(() => undefined);
    return BODY_TOO_LARGE;
  }

  /** The rest goes to the pod as it comes. */
  #stream(): undefined {
    this.#context.body = new RequestBody(this.#chunks, this.#reader);
  }

  #watch(milliseconds: number): void {
    const context = this.#context;
    const { clock, http } = context.running;
    context.cancelTimer = clock.afterRequest(milliseconds, () => {
      const left = this.#lastActivity + http.clientBodyTimeout - clock.requestNow();
      if (left > 0 && this.#lastActivity > 0) this.#watch(left);
      else this.#giveUp();
    });
  }

  /** The connection ends without an answer; 408 stands in the log only (ngx_http_terminate_request). */
  #giveUp(): void {
    const context = this.#context;
    this.#timedOut = true;
    this.#reader.cancel().catch(() => undefined);
    context.status = 408;
    context.reason = 'request-timeout';
    context.response.destroy();
    log(context);
  }
}
