import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { TaskFailure } from './task.ts';

/** How a worker is started, and what it may use. */
export interface SeatOptions {
  /** Milliseconds that one task may take, before its worker is stopped. */
  readonly wall: number;
  /** Megabytes of JavaScript heap that it may have. */
  readonly heap: number;
  /** Milliseconds that it may take to start. */
  readonly start: number;
  /** What it runs: it says `ready` once, and answers each task with its outcome. */
  readonly program: { readonly source: string; readonly data: unknown };
}

/** What a worker says. */
export type WorkerMessage<Outcome> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | { readonly kind: 'failed'; readonly message: string };

/** Whether a task has no result. */
export function isFailure(outcome: unknown): outcome is TaskFailure {
  return typeof outcome === 'object' && outcome !== null && 'kind' in outcome;
}

/** One worker thread, which does one task after the other. */
export class Seat<Task, Outcome> {
  readonly #worker: Worker;
  readonly #options: SeatOptions;
  #settle: ((said: WorkerMessage<Outcome> | TaskFailure) => void) | undefined;
  worked = 0;

  private constructor(options: SeatOptions) {
    this.#options = options;
    this.#worker = new Worker(options.program.source, workerOptions(options));
    this.#worker.on('message', (message: WorkerMessage<Outcome>) => this.#settle?.(message));
    this.#worker.on('error', (error) => this.#settle?.(failureOf(error)));
    this.#worker.on('exit', (code) => this.#settle?.({ kind: 'died', message: `exit code ${code}` }));
  }

  /** @throws Error when it cannot even start */
  static async start<Task, Outcome>(options: SeatOptions): Promise<Seat<Task, Outcome>> {
    const seat = new Seat<Task, Outcome>(options);
    const said = await seat.#next(options.start);
    if (said.kind === 'ready') return seat;
    await seat.leave();
    throw new Error(`a worker thread cannot start: ${'message' in said ? said.message : said.kind}`);
  }

  /** What became of a task; after a failure the thread is of no more use. */
  async work(task: Task): Promise<Outcome | TaskFailure> {
    this.worked++;
    this.#worker.postMessage(task);
    const said = await this.#next(this.#options.wall);
    if (said.kind === 'done') return said.outcome;
    return said.kind === 'failed' || said.kind === 'ready'
      ? { kind: 'died', message: 'message' in said ? said.message : '' }
      : said;
  }

  /** Ends the thread; a task that it still had has died. */
  async leave(): Promise<void> {
    this.#settle?.({ kind: 'died', message: 'it was ended' });
    await this.#worker.terminate();
  }

  /** What the worker says next, or that it says nothing in time. */
  #next(wall: number): Promise<WorkerMessage<Outcome> | TaskFailure> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle?.({ kind: 'hung', seconds: Math.round(wall / 1000) }), wall);
      this.#settle = (said) => {
        clearTimeout(timer);
        this.#settle = undefined;
        resolve(said);
      };
    });
  }
}

function workerOptions({ heap, program }: SeatOptions): WorkerOptions {
  return {
    eval: true,
    workerData: program.data,
    env: {},
    // Its prints would get between our lines.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: heap, maxYoungGenerationSizeMb: 48, stackSizeMb: 4 },
  };
}

function failureOf(error: Error): TaskFailure {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? { kind: 'memory' } : { kind: 'died', message: error.message };
}
