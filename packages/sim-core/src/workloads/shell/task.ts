import type { Cancel, Clock } from '../../sim/clock.ts';
import type { Run } from './wait.ts';

/** Ends a whole process with a status. */
export class Exit extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`exit ${status}`);
    this.status = status;
  }
}

/** Status of a process that a signal ended: 128 and its number. */
export const SIGNALLED = Object.freeze({ INT: 130, KILL: 137, PIPE: 141, TERM: 143 });

/** Drives one run: lets time pass for it, hands it answers, and says once how it ended. */
class Task {
  readonly #run: Run;
  readonly #clock: Clock;
  readonly #onEnd: (status: number) => void;
  readonly #onError: (error: unknown) => void;
  #cancel: Cancel | undefined;
  #ended = false;
  #stepping = false;

  constructor(run: Run, { clock, onError }: ProcessGroup, onEnd: (status: number) => void) {
    this.#run = run;
    this.#clock = clock;
    this.#onEnd = onEnd;
    this.#onError = onError;
  }

  /** Goes on until it has to wait. */
  proceed(value: unknown): void {
    let given = value;
    for (let atOnce = true; atOnce && !this.#ended; ) {
      const wait = this.#step(given);
      if (wait === undefined) return;
      atOnce = false;
      let waiting = false;
      this.#waitFor(wait, (answer) => {
        if (waiting) return this.proceed(answer);
        atOnce = true;
        given = answer;
      });
      waiting = true;
    }
  }

  kill(status: number): void {
    if (this.#ended) return;
    this.#end(status);
    // A run that kills itself is in the middle of a step and stops when that is over.
    if (!this.#stepping) this.#run.return(status);
  }

  #step(value: unknown) {
    this.#stepping = true;
    try {
      const next = this.#run.next(value);
      if (next.done !== true) return this.#ended ? undefined : next.value;
      this.#end(next.value);
    } catch (error) {
      if (!(error instanceof Exit)) this.#onError(error);
      this.#end(error instanceof Exit ? error.status : 1);
    } finally {
      this.#stepping = false;
    }
    return undefined;
  }

  #waitFor(
    wait: { milliseconds: number } | { answer: (done: (answer: unknown) => void) => void },
    then: (answer: unknown) => void,
  ): void {
    if ('answer' in wait) wait.answer(then);
    else if (Number.isFinite(wait.milliseconds))
      this.#cancel = this.#clock.after(wait.milliseconds, () => then(undefined));
  }

  #end(status: number): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cancel?.();
    this.#onEnd(status);
  }
}

/** Processes that a signal from the terminal, or the end of their container, reaches together. */
export class ProcessGroup {
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
  readonly #tasks = new Set<Task>();
  readonly #children = new Set<ProcessGroup>();

  /** What a shell of this group does when it hears SIGTERM (`trap`), put there by the shell. */
  onTerminate: (() => Run) | undefined;

  /** @param onError told of what ended a process and is no exit */
  constructor(clock: Clock, onError: (error: unknown) => void) {
    this.clock = clock;
    this.onError = onError;
  }

  /** Starts a run. Returns how to end it with a status. */
  spawn(run: Run, onEnd: (status: number) => void): (status: number) => void {
    const task = new Task(run, this, (status) => {
      this.#tasks.delete(task);
      onEnd(status);
    });
    this.#tasks.add(task);
    task.proceed(undefined);
    return (status) => task.kill(status);
  }

  child(): ProcessGroup {
    const group = new ProcessGroup(this.clock, this.onError);
    this.#children.add(group);
    return group;
  }

  /** A group that has ended for good. */
  forget(group: ProcessGroup): void {
    this.#children.delete(group);
  }

  kill(status: number): void {
    for (const child of [...this.#children]) child.kill(status);
    for (const task of [...this.#tasks]) task.kill(status);
  }
}
