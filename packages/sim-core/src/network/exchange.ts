import type { Cancel, Clock } from '../sim/clock.ts';
import { byteLength } from '../workloads/http-answer.ts';
import { type HttpRequest, type HttpResponse, speaksTls, type Workload } from '../workloads/workload.ts';

/**
 * What came of a request that was kept in memory: an answer, or why there is none. `no-tls`: the handshake came to nothing, for
 * the other side speaks plain HTTP.
 */
export type ExchangeResult =
  | {
      readonly status: number;
      readonly headers: readonly string[];
      readonly body: string;
      readonly trailers?: readonly string[];
    }
  | 'timeout'
  | 'no-tls'
  | 'reset';

/** Most of a body that is kept; the rest is read and dropped. */
const LONGEST_BODY = 10_000_000;

/** An answer that is collected in memory, for those who ask on the cluster's own behalf: probes, programs, hooks. */
export class CollectedResponse implements HttpResponse {
  closed = false;
  /** What came of it; undefined while nothing has. */
  result: ExchangeResult | undefined = undefined;
  #status = 0;
  #headers: readonly string[] = NO_HEADERS;
  #trailers: readonly string[] = NO_HEADERS;
  #body = '';
  #decoder: TextDecoder | undefined;
  #onClose: (() => void)[] | undefined;
  #timer: Cancel | undefined;
  #done: ((result: ExchangeResult) => void) | undefined;

  writeHead(status: number, headers: readonly string[]): void {
    this.#status = status;
    this.#headers = headers;
  }

  write(chunk: Uint8Array | string): boolean {
    if (this.closed || this.#body.length > LONGEST_BODY) return true;
    this.#body += typeof chunk === 'string' ? chunk : this.#decode(chunk);
    return true;
  }

  drained(): Promise<void> {
    return Promise.resolve();
  }

  end(chunk?: Uint8Array | string, _size?: number, trailers: readonly string[] = NO_HEADERS): void {
    if (this.closed) return;
    this.#trailers = trailers;
    if (chunk !== undefined) this.write(chunk);
    if (this.#decoder !== undefined) this.#body += this.#decoder.decode();
    const answer = { status: this.#status, headers: this.#headers, body: this.#body };
    this.#finish(this.#trailers === NO_HEADERS ? answer : { ...answer, trailers: this.#trailers });
  }

  destroy(): void {
    if (!this.closed) this.#finish('reset');
  }

  /** The handshake came to nothing. */
  refuseTls(): void {
    this.#finish('no-tls');
  }

  onClose(callback: () => void): void {
    this.#onClose ??= [];
    this.#onClose.push(callback);
  }

  /** Calls back with what comes of it; 'timeout' after so many milliseconds of request time: then nobody waits any more. */
  wait(milliseconds: number, clock: Clock, done: (result: ExchangeResult) => void): void {
    this.#done = done;
    this.#timer = clock.afterRequest(milliseconds, () => {
      this.#finish('timeout');
      for (const callback of this.#onClose ?? []) callback();
    });
  }

  #decode(chunk: Uint8Array): string {
    this.#decoder ??= new TextDecoder();
    return this.#decoder.decode(chunk, { stream: true });
  }

  #finish(result: ExchangeResult): void {
    this.closed = true;
    this.result = result;
    this.#timer?.();
    this.#done?.(result);
  }
}

const NO_HEADERS: readonly string[] = Object.freeze([]);

/**
 * Hands a request to a workload. Its answer is collected; one that breaks the connection, or speaks no HTTP, gives 'reset'. Where
 * the program answers at once the result is there when this returns.
 */
export function ask(workload: Workload, request: HttpRequest): CollectedResponse {
  const response = new CollectedResponse();
  if (request.tls !== undefined && !speaksTls(workload)) response.refuseTls();
  else if (workload.http === undefined) response.destroy();
  else workload.http(request, response);
  return response;
}

/**
 * Hands a request to a workload and calls `done` once: with the whole answer, with 'reset' when the program broke the
 * connection or speaks no HTTP, with 'timeout' after so many milliseconds of request time. A program that answers at
 * once costs no timer, and `done` has been called when this returns.
 */
export function exchange(
  workload: Workload,
  request: HttpRequest,
  clock: Clock,
  timeout: number,
  done: (result: ExchangeResult) => void,
): void {
  const response = ask(workload, request);
  if (response.result === undefined) response.wait(timeout, clock, done);
  else done(response.result);
}

/** The same for a call of gRPC. */
export function exchangeGrpc(
  workload: Workload,
  request: HttpRequest,
  clock: Clock,
  timeout: number,
  done: (result: ExchangeResult) => void,
): void {
  const response = new CollectedResponse();
  if (workload.grpc === undefined) response.destroy();
  else workload.grpc(request, response);
  if (response.result === undefined) response.wait(timeout, clock, done);
  else done(response.result);
}

/** A body that is sent in one piece, with the headers that announce it. */
export function bodyOf(text: string): Required<Pick<HttpRequest, 'body' | 'text'>> & { headers: string[] } {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
  return { body, text, headers: ['content-length', String(byteLength(text))] };
}
