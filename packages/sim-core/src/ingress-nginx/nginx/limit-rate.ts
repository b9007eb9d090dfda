import type { Clock } from '../../sim/clock.ts';
import type { HttpResponse } from '../../workloads/workload.ts';
import { headSize } from './proxy-buffers.ts';

/** `limit_rate` and `limit_rate_after`, in bytes. */
export interface Rate {
  readonly limitRate: number;
  readonly limitRateAfter: number;
}

/**
 * Sends an answer no faster than limit_rate lets it (ngx_http_write_filter): in each second since the request began as many
 * bytes as a second may have, the first second at once. What waits is kept, and the pod is told to wait with the rest.
 */
export class LimitedResponse implements HttpResponse {
  readonly #response: HttpResponse;
  readonly #rate: Rate;
  readonly #clock: Clock;
  /** Second of request time in which the request began. */
  readonly #start: number;
  readonly #waiting: Uint8Array[] = [];
  #sent = 0;
  #ended = false;
  #trailers: readonly string[] | undefined = undefined;
  #timer: (() => void) | undefined = undefined;
  #onDrained: (() => void)[] = [];
  #onSent: (() => void) | undefined = undefined;

  constructor(response: HttpResponse, rate: Rate, clock: Clock, startedAt: number) {
    this.#response = response;
    this.#rate = rate;
    this.#clock = clock;
    this.#start = Math.floor(startedAt / 1000);
  }

  get closed(): boolean {
    return this.#response.closed;
  }

  writeHead(status: number, headers: readonly string[], reason?: string, hasTrailers?: boolean): void {
    this.#sent += headSize(headers);
    this.#response.writeHead(status, headers, reason, hasTrailers);
  }

  write(chunk: Uint8Array | string): boolean {
    this.#waiting.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
    this.#send();
    return this.#waiting.length === 0;
  }

  drained(): Promise<void> {
    if (this.#waiting.length === 0) return this.#response.drained();
    return new Promise((resolve) => this.#onDrained.push(resolve));
  }

  end(chunk?: Uint8Array | string, _size?: number, trailers?: readonly string[]): void {
    this.#ended = true;
    this.#trailers = trailers;
    if (chunk === undefined) this.#send();
    else this.write(chunk);
  }

  destroy(): void {
    this.stop();
    this.#response.destroy();
  }

  onClose(callback: () => void): void {
    this.#response.onClose(callback);
  }

  /** Calls back when the last byte of an answer that has ended is on its way; at once where it is already. */
  whenSent(callback: () => void): void {
    if (this.#waiting.length === 0) callback();
    else this.#onSent = callback;
  }

  /** Nobody is there to send to any more. */
  stop(): void {
    this.#timer?.();
    this.#waiting.length = 0;
    this.#onSent = undefined;
    this.#release();
  }

  #send(): void {
    if (this.#timer !== undefined) return;
    let left = this.#allowed();
    for (let next = this.#waiting[0]; next !== undefined && left > 0; next = this.#waiting[0]) {
      const piece = next.subarray(0, left);
      if (piece.byteLength === next.byteLength) this.#waiting.shift();
      else this.#waiting[0] = next.subarray(left);
      left -= piece.byteLength;
      this.#sent += piece.byteLength;
      this.#response.write(piece);
    }
    if (this.#waiting.length > 0) this.#wait();
    else this.#finish();
  }

  #finish(): void {
    if (this.#ended) this.#response.end(undefined, undefined, this.#trailers);
    this.#release();
  }

  /** Bytes that may go now; not above 0 where the second is used up. */
  #allowed(): number {
    const seconds = Math.floor(this.#clock.requestNow() / 1000) - this.#start + 1;
    return this.#rate.limitRate * seconds - this.#counted();
  }

  #counted(): number {
    return this.#sent - this.#rate.limitRateAfter;
  }

  /** Until the second in which more may go. */
  #wait(): void {
    const second = this.#start + Math.floor(this.#counted() / this.#rate.limitRate);
    this.#timer = this.#clock.afterRequest(second * 1000 - this.#clock.requestNow(), () => {
      this.#timer = undefined;
      this.#send();
    });
  }

  #release(): void {
    const waiting = this.#onDrained;
    this.#onDrained = [];
    for (const resolve of waiting) resolve();
    const sent = this.#onSent;
    this.#onSent = undefined;
    sent?.();
  }
}
