/** How far a batch is. */
interface Progress {
  readonly done: number;
  readonly total: number;
  /** Submissions that were graded now, and for how long; what was there already takes no time. */
  readonly graded: number;
  readonly elapsed: number;
}

/** Of the bar, characters. */
const WIDTH = 24;

/** `[########------------] 80/200  40 %  about 12 s left` */
function progressBar({ done, total, graded, elapsed }: Progress): string {
  const filled = total === 0 ? WIDTH : Math.round((WIDTH * done) / total);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}]`;
  const left = remaining({ done, total, graded, elapsed });
  const eta = left === undefined || done === total ? '' : `  about ${duration(left)} left`;
  return `${bar} ${done}/${total}  ${total === 0 ? 100 : Math.floor((100 * done) / total)} %${eta}`;
}

/** Milliseconds that are left, at the pace so far; undefined before there is one. */
function remaining({ done, total, graded, elapsed }: Progress): number | undefined {
  return graded === 0 ? undefined : (elapsed / graded) * (total - done);
}

/** `12 s`, `3 min`, `2 h`: as long as anybody waits. */
function duration(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** Where progress is shown. */
interface ProgressTarget {
  readonly isTerminal: boolean;
  write(text: string): void;
  /** Milliseconds. */
  now(): number;
}

/** Between two redrawings of the bar, and between two lines where there is no terminal; milliseconds. */
const [REDRAW, LINE] = [100, 5_000];

/** Shows progress: a bar that is drawn over in a terminal, a plain line now and then elsewhere. */
export class ProgressShow {
  readonly #target: ProgressTarget;
  readonly #total: number;
  readonly #started: number;
  #graded = 0;
  #shown: number;

  constructor(total: number, target: ProgressTarget) {
    this.#total = total;
    this.#target = target;
    this.#started = target.now();
    this.#shown = this.#started;
  }

  /** @param isNew whether it was graded now */
  update(done: number, isNew: boolean): void {
    if (isNew) this.#graded++;
    const now = this.#target.now();
    const isDue = now - this.#shown >= (this.#target.isTerminal ? REDRAW : LINE);
    if (!isDue && done !== this.#total) return;
    this.#shown = now;
    const bar = progressBar({ done, total: this.#total, graded: this.#graded, elapsed: now - this.#started });
    this.#target.write(this.#target.isTerminal ? `\r\u001b[K${bar}` : `${bar.replace(/^\[.*?\] /, '')}\n`);
  }

  /** Clears the bar for what is said next. */
  clear(): void {
    if (this.#target.isTerminal) this.#target.write('\r\u001b[K');
  }
}

/** Progress on stderr: a bar in a terminal, lines elsewhere. */
export function stderrProgress(output: { err(text: string): void }): ProgressTarget {
  const isTerminal = process.stderr.isTTY === true;
  return {
    isTerminal,
    write: (text) => (isTerminal ? void process.stderr.write(text) : output.err(text.trimEnd())),
    now: () => performance.now(),
  };
}
