import type { TargetAnswer } from '../grader/target/target.ts';
import { type HttpResponse, headerValue } from '../workloads/workload.ts';

/** Most of a body that is kept, in UTF-16 units: checks look at texts, not at downloads. */
const LONGEST_BODY = 1_000_000;

/** Collects an answer as a client would read it. */
export class AnswerSink implements HttpResponse {
  closed = false;
  /** Whether the server gives the connection up after this answer. */
  endsConnection = false;
  #status = 0;
  #headers: readonly string[] = [];
  #body = '';
  #decoder: TextDecoder | undefined;
  #onClose: (() => void)[] | undefined;
  readonly #answered: (answer: TargetAnswer) => void;

  /** @param answered is told once */
  constructor(answered: (answer: TargetAnswer) => void) {
    this.#answered = answered;
  }

  writeHead(status: number, headers: readonly string[]): void {
    this.#status = status;
    this.#headers = headers;
    this.endsConnection = headerValue(headers, 'connection') === 'close';
  }

  write(chunk: Uint8Array | string): boolean {
    if (this.closed || this.#body.length > LONGEST_BODY) return true;
    this.#body += typeof chunk === 'string' ? chunk : this.#decode(chunk);
    return true;
  }

  async drained(): Promise<void> {}

  end(chunk?: Uint8Array | string): void {
    if (this.closed) return;
    if (chunk !== undefined) this.write(chunk);
    if (this.#decoder !== undefined) this.#body += this.#decoder.decode();
    this.#finish({ status: this.#status, headers: this.#headers, body: this.#body });
  }

  destroy(): void {
    this.#finish({ failure: 'the connection was closed without an answer' });
  }

  onClose(callback: () => void): void {
    this.#onClose ??= [];
    this.#onClose.push(callback);
  }

  /** The client goes away. */
  giveUp(): void {
    if (this.closed) return;
    this.#finish({ failure: 'no answer came in time' });
    for (const callback of this.#onClose ?? []) callback();
  }

  #decode(chunk: Uint8Array): string {
    this.#decoder ??= new TextDecoder();
    return this.#decoder.decode(chunk, { stream: true });
  }

  #finish(answer: TargetAnswer): void {
    if (this.closed) return;
    this.closed = true;
    this.#answered(answer);
  }
}
