import type { Duplex, HttpResponse } from '../../workloads/workload.ts';
import type { Answer, Reason } from './answer.ts';
import type { LocationDirectives } from './directives.ts';
import { LimitedResponse } from './limit-rate.ts';
import { filterHeaders } from './phases/header-filter.ts';
import { log } from './phases/log.ts';
import { bufferSpace, headSize } from './proxy-buffers.ts';
import type { RequestContext } from './request-context.ts';
import { sentHeadSize } from './sent-head.ts';
import { tunnel } from './tunnel.ts';

/** What a try asks of the phase that made it (phases/proxy-pass.ts). */
export interface Tries {
  isTriedAgain(context: RequestContext, status: number): boolean;
  tryAgain(context: RequestContext, status: number): void;
  isIntercepted(context: RequestContext, status: number): boolean;
  intercept(context: RequestContext, status: number): void;
  tryFailed(context: RequestContext, failure: Reason, sent: boolean): void;
  answer(context: RequestContext, own: Answer): void;
  watchClient(context: RequestContext): void;
}

/** What a pod writes its answer to: passes it on to the client, or drops it for another try. One per try. */
export class UpstreamExchange implements HttpResponse {
  readonly #context: RequestContext;
  readonly #tries: Tries;
  #headSent = false;
  /** Nothing more is taken from this pod: it finished, failed, or was given up. */
  #over = false;
  #lastActivity = 0;
  /** The client does not take what there is: the pod waits, and its time to answer does not pass. */
  #blocked = false;
  /** Bytes that wait for the client with proxy_buffering. */
  #buffered = 0;
  #onClose: (() => void)[] | undefined = undefined;

  constructor(context: RequestContext, tries: Tries) {
    this.#context = context;
    this.#tries = tries;
  }

  writeHead(status: number, headers: readonly string[], _reason?: string, hasTrailers?: boolean): void {
    const context = this.#context;
    if (this.#over || this.#headSent) return;
    this.#touch();
    const directives = context.location?.location.directives as LocationDirectives;
    if (headSize(headers) > directives.proxyBufferSize) {
      this.#giveUp();
      this.#tries.tryFailed(context, 'head-too-large', true);
      return;
    }
    if (this.#tries.isTriedAgain(context, status)) {
      this.#giveUp();
      this.#tries.tryAgain(context, status);
      return;
    }
    if (this.#tries.isIntercepted(context, status)) {
      this.#giveUp();
      this.#tries.intercept(context, status);
      return;
    }
    this.#headSent = true;
    context.status = status;
    context.upstreamStatus = status;
    context.headerAt = context.watched ? this.#lastActivity : context.triedAt;
    if (directives.limitRate > 0) this.#limit(directives);
    const filtered = filterHeaders(context, headers);
    if (context.running.measure !== undefined) context.headSent = sentHeadSize(status, filtered);
    context.response.writeHead(status, filtered, undefined, hasTrailers);
  }

  write(chunk: Uint8Array | string): boolean {
    if (this.#over) return true;
    if (!this.#headSent) this.writeHead(200, []);
    if (this.#over || this.#isBodiless()) return true;
    this.#touch();
    const size = sizeOf(chunk);
    this.#context.bytesSent += size;
    return this.#context.response.write(chunk) || this.#waits(size);
  }

  drained(): Promise<void> {
    return this.#over ? Promise.resolve() : this.#context.response.drained().then(() => this.#unblocked());
  }

  /** Whether the pod may go on although the client does not: with proxy_buffering, until the buffers are full. */
  #waits(size: number): boolean {
    const directives = this.#context.location?.location.directives as LocationDirectives;
    if (directives.proxyBuffering) {
      if (this.#buffered === 0) void this.#context.response.drained().then(() => this.#unblocked());
      this.#buffered += size;
      if (this.#buffered <= bufferSpace(directives)) return true;
    }
    this.#blocked = true;
    return false;
  }

  #unblocked(): void {
    this.#blocked = false;
    this.#buffered = 0;
    this.#touch();
  }

  #limit(rate: LocationDirectives): void {
    const context = this.#context;
    context.limited = new LimitedResponse(context.response, rate, context.running.clock, context.startedAt);
    context.response = context.limited;
    this.#tries.watchClient(context);
  }

  end(chunk?: Uint8Array | string, size?: number, trailers?: readonly string[]): void {
    const context = this.#context;
    if (this.#over) return;
    if (!this.#headSent) this.writeHead(200, []);
    if (this.#over) return;
    this.#over = true;
    const last = chunk === undefined || this.#isBodiless() ? undefined : chunk;
    if (last !== undefined) context.bytesSent += size ?? sizeOf(last);
    context.response.end(last, size, trailers);
    context.cancelTimer?.();
    if (context.limited === undefined) log(context);
    else logWhenSent(context, context.limited);
  }

  destroy(): void {
    if (this.#over) return;
    const context = this.#context;
    this.#giveUp();
    if (!this.#headSent) {
      this.#tries.tryFailed(context, 'reset', true);
      return;
    }
    context.reason = 'reset';
    context.response.destroy();
    log(context);
  }

  get closed(): boolean {
    return this.#over;
  }

  onClose(callback: () => void): void {
    if (this.#over) return;
    this.#onClose ??= [];
    this.#onClose.push(callback);
  }

  /** The pod speaks another protocol from here on: the client's raw connection is its own, the 101 included. */
  takeOver(): Duplex {
    const context = this.#context;
    if (this.#over || this.#headSent || context.takeOver === undefined) throw new Error('the request is over');
    this.#over = true;
    context.cancelTimer?.();
    context.status = 101;
    context.upstreamStatus = 101;
    return tunnel(context, context.takeOver(), this.#readTimeout());
  }

  /** The pod has the request. One that has not answered yet is watched: its time to answer, and whether the client stays. */
  dispatched(): void {
    if (this.#over) return;
    this.#tries.watchClient(this.#context);
    this.#touch();
    this.#watch(this.#readTimeout());
  }

  /** What the client sends cannot be taken: the pod is left, and no other is tried. */
  refuse(answer: Answer): void {
    if (this.#over) return;
    const context = this.#context;
    this.#giveUp();
    if (!this.#headSent) {
      this.#tries.answer(context, answer);
      return;
    }
    context.response.destroy();
    log(context);
  }

  /** The client went away: so does the connection to the pod. */
  clientGone(): void {
    this.#giveUp();
  }

  #readTimeout(): number {
    return this.#context.location?.location.directives.proxyReadTimeout ?? 0;
  }

  #watch(milliseconds: number): void {
    const context = this.#context;
    context.cancelTimer?.();
    context.cancelTimer = context.running.clock.afterRequest(milliseconds, () => {
      if (this.#over) return;
      const left = this.#lastActivity + this.#readTimeout() - context.running.clock.requestNow();
      if (this.#blocked) this.#watch(this.#readTimeout());
      else if (left > 0) this.#watch(left);
      else this.#timedOut();
    });
  }

  #timedOut(): void {
    const context = this.#context;
    this.#giveUp();
    if (!this.#headSent) {
      this.#tries.tryFailed(context, 'read-timeout', true);
      return;
    }
    context.reason = 'read-timeout';
    context.response.destroy();
    log(context);
  }

  /** Time is read only where it matters: for answers that are being watched. */
  #touch(): void {
    if (this.#context.watched) this.#lastActivity = this.#context.running.clock.requestNow();
  }

  #giveUp(): void {
    if (this.#over) return;
    this.#over = true;
    this.#context.cancelTimer?.();
    for (const callback of this.#onClose ?? []) callback();
  }

  #isBodiless(): boolean {
    return this.#context.request.method === 'HEAD';
  }
}

function logWhenSent(context: RequestContext, limited: LimitedResponse): void {
  limited.whenSent(() => log(context));
}

/** Bytes of a piece of the body. */
function sizeOf(chunk: Uint8Array | string): number {
  if (typeof chunk !== 'string') return chunk.byteLength;
  for (let i = 0; i < chunk.length; i++) if (chunk.charCodeAt(i) > 0x7f) return new TextEncoder().encode(chunk).length;
  return chunk.length;
}
