import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { Task, TaskFailure } from './task.ts';

/** How workers are started, and what one may use. */
export interface PoolOptions {
  readonly jobs: number;
  /** Milliseconds that one submission may take, before its worker is stopped. */
  readonly wall: number;
  /** Megabytes of JavaScript heap that one worker may have. */
  readonly heap: number;
  /** Submissions that one worker grades before another takes its place. */
  readonly lifetime: number;
  /** Milliseconds that a worker may take to start. */
  readonly start: number;
  /** What a worker runs: it says `ready` once, and answers each task with its outcome. */
  readonly program: { readonly source: string; readonly data: unknown };
}

/** What a worker says. */
export type WorkerMessage<Outcome> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | { readonly kind: 'failed'; readonly message: string };

/** Takes what became of each task; the next is handed out when it has resolved. */
export type OnDone<Outcome> = (task: Task, outcome: Outcome | TaskFailure) => Promise<void>;

/**
 * Hands tasks to worker threads, one at a time each. A worker that dies, hangs or needs too much memory costs the submission
 * that it had, and nothing else: another takes its place.
 * @throws Error when a worker cannot even start
 */
export async function runPool<Outcome>(
  tasks: Iterable<Task>,
  options: PoolOptions,
  onDone: OnDone<Outcome>,
): Promise<void> {
  const queue = tasks[Symbol.iterator]();
  await Promise.all(Array.from({ length: options.jobs }, () => workThrough(queue, options, onDone)));
}

async function workThrough<Outcome>(
  queue: Iterator<Task>,
  options: PoolOptions,
  onDone: OnDone<Outcome>,
): Promise<void> {
  let seat: Seat<Outcome> | undefined;
  try {
    for (let next = queue.next(); next.done !== true; next = queue.next()) {
      seat ??= await Seat.start<Outcome>(options);
      const outcome = await seat.work(next.value);
      if (isFailure(outcome) || seat.worked >= options.lifetime) {
        await seat.leave();
        seat = undefined;
      }
      await onDone(next.value, outcome);
    }
  } finally {
    await seat?.leave();
  }
}

/** Whether a task has no result. */
export function isFailure(outcome: unknown): outcome is TaskFailure {
  return typeof outcome === 'object' && outcome !== null && 'kind' in outcome;
}

/** One worker thread. */
class Seat<Outcome> {
  readonly #worker: Worker;
  readonly #options: PoolOptions;
  #settle: ((said: WorkerMessage<Outcome> | TaskFailure) => void) | undefined;
  worked = 0;

  private constructor(options: PoolOptions) {
    this.#options = options;
    this.#worker = new Worker(options.program.source, workerOptions(options));
    this.#worker.on('message', (message: WorkerMessage<Outcome>) => this.#settle?.(message));
    this.#worker.on('error', (error) => this.#settle?.(failureOf(error)));
    this.#worker.on('exit', (code) => this.#settle?.({ kind: 'died', message: `exit code ${code}` }));
  }

  static async start<Outcome>(options: PoolOptions): Promise<Seat<Outcome>> {
    const seat = new Seat<Outcome>(options);
    const said = await seat.#next(options.start);
    if (said.kind === 'ready') return seat;
    await seat.leave();
    throw new Error(`a worker thread cannot start: ${'message' in said ? said.message : said.kind}`);
  }

  async work(task: Task): Promise<Outcome | TaskFailure> {
    this.worked++;
    this.#worker.postMessage(task);
    const said = await this.#next(this.#options.wall);
    if (said.kind === 'done') return said.outcome;
    return said.kind === 'failed' || said.kind === 'ready'
      ? { kind: 'died', message: 'message' in said ? said.message : '' }
      : said;
  }

  async leave(): Promise<void> {
    this.#settle = undefined;
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

function workerOptions({ heap, program }: PoolOptions): WorkerOptions {
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
