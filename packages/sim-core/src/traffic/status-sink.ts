import type { HttpResponse } from '../workloads/workload.ts';

/** An answer that only its status is wanted of: what load generators and probes of the doctor read into. */
export class StatusSink implements HttpResponse {
  closed = false;
  #status = 0;
  readonly #answered: (status: number) => void;

  /** @param answered is told once: the status, or 0 when the connection broke off */
  constructor(answered: (status: number) => void) {
    this.#answered = answered;
  }

  /** Takes another answer, after the one before has ended. */
  reuse(): this {
    this.closed = false;
    this.#status = 0;
    return this;
  }

  writeHead(status: number): void {
    this.#status = status;
  }

  write(): boolean {
    return true;
  }

  async drained(): Promise<void> {}

  end(): void {
    this.#finish(this.#status);
  }

  destroy(): void {
    this.#finish(0);
  }

  onClose(): void {}

  #finish(status: number): void {
    if (this.closed) return;
    this.closed = true;
    this.#answered(status);
  }
}
