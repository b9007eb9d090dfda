import type { GradeResult } from '../../../grader/result.ts';
import { failureWords } from '../../../host/grader/task.ts';
import { isFailure, Seat, type SeatOptions } from '../../../host/grader/worker-seat.ts';
import type { HeldAnswer } from '../../../lesson/grade-held.ts';

/** A thread that nobody has needed for so long is let go, milliseconds. */
const IDLE = 60_000;

/** The thread in which a lesson is graded: started when there is something to grade, and given up after a failure. */
export class LessonWorker {
  readonly #options: SeatOptions;
  #seat: Promise<Seat<HeldAnswer, GradeResult>> | undefined;
  #idle: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(options: SeatOptions) {
    this.#options = options;
  }

  /** @throws Error in words, where there is no result */
  async grade(answer: HeldAnswer): Promise<GradeResult> {
    if (this.#isOver) throw new Error('the sandbox has stopped');
    clearTimeout(this.#idle);
    this.#seat ??= Seat.start<HeldAnswer, GradeResult>(this.#options);
    try {
      const outcome = await (await this.#seat).work(answer);
      if (isFailure(outcome)) throw new Error(failureWords(outcome));
      this.#idle = setTimeout(() => void this.#leave(), IDLE).unref();
      return outcome;
    } catch (error) {
      await this.#leave();
      throw error;
    }
  }

  /** Ends the thread; nothing is graded any more. */
  async close(): Promise<void> {
    this.#isOver = true;
    await this.#leave();
  }

  async #leave(): Promise<void> {
    clearTimeout(this.#idle);
    const seat = this.#seat;
    this.#seat = undefined;
    await seat?.then(
      (started) => started.leave(),
      () => {},
    );
  }
}
