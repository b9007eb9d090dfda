import type { KubernetesAnswer, NoAnswer, ShownCertificate, Target, TargetAnswer, TargetRequest } from './target.ts';

/** A check has taken longer than it may. */
export class OverLimit extends Error {
  override readonly name = 'OverLimit';
}

/** A target that refuses to go on when the time is up, whatever a check wants: one that hangs costs only itself. */
export class LimitedTarget implements Target {
  readonly #target: Target;
  readonly #deadline: number;
  readonly #what: string;

  /** @param limit milliseconds of the cluster's time. @param what it is a limit of, for the message */
  constructor(target: Target, limit: number, what: string) {
    this.#target = target;
    this.#deadline = target.now() + limit;
    this.#what = `${what} of ${limit / 1000} s`;
  }

  get name(): string {
    return this.#target.name;
  }

  now(): number {
    return this.#target.now();
  }

  async wait(milliseconds: number): Promise<void> {
    await this.#target.wait(Math.min(milliseconds, Math.max(0, this.#deadline - this.now())));
    this.#check();
  }

  async patience<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
    return this.#target.patience(promise, Math.min(milliseconds, Math.max(0, this.#deadline - this.now())));
  }

  kubernetes(method: string, path: string, body?: unknown, contentType?: string): Promise<KubernetesAnswer> {
    this.#check();
    return this.#within(this.#target.kubernetes(method, path, body, contentType));
  }

  send(request: TargetRequest): Promise<TargetAnswer> {
    this.#check();
    return this.#target.send(request);
  }

  async repeat(request: TargetRequest, count: number, onAnswer: (answer: TargetAnswer) => boolean): Promise<void> {
    this.#check();
    let late = false;
    await this.#target.repeat(request, count, (answer) => {
      late ||= this.now() > this.#deadline;
      return !late && onAnswer(answer);
    });
    if (late) this.#check();
  }

  certificate(request: TargetRequest): Promise<ShownCertificate | NoAnswer> {
    this.#check();
    return this.#target.certificate(request);
  }

  async #within<T>(promise: Promise<T>): Promise<T> {
    const result = await this.#target.patience(promise, Math.max(0, this.#deadline - this.now()));
    if (result === undefined) throw this.#over();
    return result;
  }

  #check(): void {
    if (this.now() > this.#deadline) throw this.#over();
  }

  #over(): OverLimit {
    return new OverLimit(`it took longer than the ${this.#what}`);
  }
}
