import type { LogText } from '../workloads/program.ts';

/** One line of a container's log. */
export interface LogLine {
  /** Cluster time in milliseconds. */
  readonly at: number;
  readonly text: string;
}

/** Lines that are kept of each container (the real kubelet keeps 10 MiB a file). */
const MOST_LINES = 1000;
/** The runtime cuts longer lines (containerd max_container_log_line_size). */
const LONGEST_LINE = 16_384;

/** A line as it was written: put into words when somebody reads it. */
interface WrittenLine {
  readonly at: number;
  readonly text: LogText;
}

/** What a container wrote, the newest lines of it. */
export class ContainerLog {
  readonly #lines: WrittenLine[] = [];
  #oldest = 0;

  add(at: number, text: LogText): void {
    const line = { at, text };
    if (this.#lines.length < MOST_LINES) {
      this.#lines.push(line);
      return;
    }
    this.#lines[this.#oldest] = line;
    this.#oldest = (this.#oldest + 1) % MOST_LINES;
  }

  /** The lines from old to new; only the last `tail` where that is given. */
  lines(tail?: number): LogLine[] {
    const ordered = [...this.#lines.slice(this.#oldest), ...this.#lines.slice(0, this.#oldest)];
    const wanted = tail === undefined ? ordered : ordered.slice(Math.max(0, ordered.length - tail));
    return wanted.map(({ at, text }) => ({ at, text: String(text).slice(0, LONGEST_LINE) }));
  }
}

/** The logs of a container through its lives: the present one and the one before are kept. */
export class ContainerLogs {
  #current: ContainerLog | undefined;
  #previous: ContainerLog | undefined;
  /** Its last life is over and the next has not begun: "previous" then means the last one. */
  #between = false;

  /** A life begins. */
  begin(): ContainerLog {
    this.#previous = this.#current;
    this.#between = false;
    this.#current = new ContainerLog();
    return this.#current;
  }

  /** The present life has ended. */
  end(): void {
    this.#between = true;
  }

  /** Lines of the present or last life, or of the one before; undefined when there was none. */
  lines(previous: boolean, tail: number | undefined): LogLine[] | undefined {
    return (previous && !this.#between ? this.#previous : this.#current)?.lines(tail);
  }
}
