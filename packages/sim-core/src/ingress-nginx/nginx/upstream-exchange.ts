import type { Duplex, HttpResponse } from '../../workloads/workload.ts';
import type { Reason } from './answer.ts';
import { filterHeaders } from './phases/header-filter.ts';
import { log } from './phases/log.ts';
import type { RequestContext } from './request-context.ts';
import { tunnel } from './tunnel.ts';

/** What a try asks of the phase that made it (phases/proxy-pass.ts). */
export interface Tries {
  isTriedAgain(context: RequestContext, status: number): boolean;
  tryAgain(context: RequestContext, status: number): void;
  isIntercepted(context: RequestContext, status: number): boolean;
  intercept(context: RequestContext, status: number): void;
  tryFailed(context: RequestContext, failure: Reason, sent: boolean): void;
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
  #onClose: (() => void)[] | undefined = undefined;

  constructor(context: RequestContext, tries: Tries) {
    this.#context = context;
    this.#tries = tries;
  }

  writeHead(status: number, headers: readonly string[]): void {
    const context = this.#context;
    if (this.#over || this.#headSent) return;
    this.#touch();
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
    context.response.writeHead(status, filterHeaders(context, headers));
  }

  write(chunk: Uint8Array | string): boolean {
    if (this.#over) return true;
    if (!this.#headSent) this.writeHead(200, []);
    if (this.#over || this.#isBodiless()) return true;
    this.#touch();
    this.#context.bytesSent += sizeOf(chunk);
    return this.#context.response.write(chunk);
  }

  drained(): Promise<void> {
    return this.#over ? Promise.resolve() : this.#context.response.drained();
  }

  end(chunk?: Uint8Array | string): void {
    const context = this.#context;
    if (this.#over) return;
    if (!this.#headSent) this.writeHead(200, []);
    if (this.#over) return;
    this.#over = true;
    const last = chunk === undefined || this.#isBodiless() ? undefined : chunk;
    if (last !== undefined) context.bytesSent += sizeOf(last);
    context.response.end(last);
    context.cancelTimer?.();
    log(context);
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
      if (left > 0) this.#watch(left);
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

/** Bytes of a piece of the body. */
function sizeOf(chunk: Uint8Array | string): number {
  if (typeof chunk !== 'string') return chunk.byteLength;
  for (let i = 0; i < chunk.length; i++) if (chunk.charCodeAt(i) > 0x7f) return new TextEncoder().encode(chunk).length;
  return chunk.length;
}
