import { AccessLog } from './access-log.ts';
import { type Answer, hasNoBody, text } from './http-answer.ts';
import type { LateAnswer } from './late-answer.ts';
import type { ContainerContext } from './program.ts';
import { isProbe, pathOf } from './request.ts';
import type { HttpRequest, HttpResponse, Workload } from './workload.ts';

/** What a program does with a request. What it throws becomes a 500. */
export type Handler = (request: HttpRequest) => Answer | LateAnswer;

/**
 * The HTTP server of a program: hands requests to its handler, sends the answer in one piece, writes the access log and
 * acts out what the Scenario says of the image (latency, error rate, status). It knows what is under way, so that a
 * graceful stop can wait for it.
 */
export class HttpServer implements Workload {
  /** Requests that came so far, probes included: what the simulated CPU time is reckoned from. */
  requests = 0;
  readonly #context: ContainerContext;
  readonly #handler: Handler;
  readonly #log: AccessLog;
  readonly #latency: number;
  /** Whether the Scenario says nothing of the image's answers. */
  readonly #plain: boolean;
  /** Answers that are still owed. */
  readonly #open = new Set<HttpResponse>();
  #stopped: (() => void) | undefined;

  constructor(context: ContainerContext, handler: Handler) {
    this.#context = context;
    this.#handler = handler;
    this.#log = new AccessLog(context.clock);
    const { latency = 0, paths, status, errorRate = 0 } = context.behaviour;
    this.#latency = latency;
    this.#plain = paths === undefined && status === undefined && errorRate === 0;
  }

  http(request: HttpRequest, response: HttpResponse): void {
    this.requests++;
    if (this.#latency === 0) this.#handle(request, response);
    else this.#handleLater(request, response);
  }

  #handleLater(request: HttpRequest, response: HttpResponse): void {
    this.#open.add(response);
    this.#context.clock.afterRequest(this.#latency, () => this.#handle(request, response));
  }

  /** No other protocol is spoken: the request is answered as if it had not asked for one. */
  upgrade(request: HttpRequest, response: HttpResponse): void {
    this.http(request, response);
  }

  /** Calls `done` when nothing is under way any more. Requests that still come are served. */
  stop(done: () => void): void {
    this.#stopped = done;
    this.#checkStopped();
  }

  /** Breaks off whatever is under way. */
  kill(): void {
    for (const response of this.#open) response.destroy();
    this.#open.clear();
  }

  #handle(request: HttpRequest, response: HttpResponse): void {
    const forced = this.#plain ? undefined : this.#forcedStatus(request);
    const result = this.#run(request);
    if (typeof result === 'function') this.#sendLate(request, response, result, forced);
    else this.#send(request, response, result, forced);
  }

  #sendLate(request: HttpRequest, response: HttpResponse, late: LateAnswer, forced: number | undefined): void {
    let answered = false;
    late((answer) => {
      answered = true;
      this.#send(request, response, answer, forced);
    });
    if (!answered) this.#open.add(response);
  }

  #run(request: HttpRequest): Answer | LateAnswer {
    try {
      return this.#handler(request);
    } catch (error) {
      return this.#failure(error);
    }
  }

  #failure(error: unknown): Answer {
    this.#context.log(`error: ${error instanceof Error ? error.message : String(error)}`);
    return text(500, 'Internal Server Error\n');
  }

  #send(request: HttpRequest, response: HttpResponse, answer: Answer, forced: number | undefined): void {
    const status = forced ?? answer.status;
    const bodiless = request.method === 'HEAD' || hasNoBody(status);
    if (!response.closed) {
      response.writeHead(status, hasNoBody(status) ? withoutLength(answer.headers) : answer.headers);
      if (bodiless) response.end();
      else response.end(answer.body, answer.bytes);
      this.#context.log(this.#log.line(request, status, bodiless ? 0 : answer.bytes));
    }
    if (request.body !== undefined && !request.body.locked) drain(request.body);
    if (this.#open.size > 0 && this.#open.delete(response)) this.#checkStopped();
  }

  /** The status that the Scenario gives this answer; the program's own when undefined. */
  #forcedStatus(request: HttpRequest): number | undefined {
    const { paths, status, errorRate = 0 } = this.#context.behaviour;
    if (paths !== undefined) {
      const path = pathOf(request.url);
      if (Object.hasOwn(paths, path)) return paths[path];
    }
    if (errorRate > 0 && !isProbe(request) && this.#context.chance.next() < errorRate) return 500;
    return status;
  }

  #checkStopped(): void {
    if (this.#stopped === undefined || this.#open.size > 0) return;
    const done = this.#stopped;
    this.#stopped = undefined;
    done();
  }
}

function withoutLength(headers: readonly string[]): string[] {
  return headers.flatMap((value, i) =>
    i % 2 === 0 && value !== 'content-length' ? [value, headers[i + 1] as string] : [],
  );
}

/** Reads a body that nobody wanted, so that its sender does not wait for ever. */
async function drain(body: ReadableStream<Uint8Array>): Promise<void> {
  const reader = body.getReader();
  try {
    while (!(await reader.read()).done);
  } catch {
    // The sender went away; there is nothing left to read.
  }
}
