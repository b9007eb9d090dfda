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

/** What a container wrote, the newest lines of it; put into words when somebody reads them. */
export class ContainerLog {
  /** Times and texts of the lines, at the same places: no object for each line of a busy program. */
  readonly #times: number[] = [];
  readonly #texts: LogText[] = [];
  #oldest = 0;

  add(at: number, text: LogText): void {
    if (this.#texts.length < MOST_LINES) {
      this.#times.push(at);
      this.#texts.push(text);
      return;
    }
    this.#times[this.#oldest] = at;
    this.#texts[this.#oldest] = text;
    this.#oldest = (this.#oldest + 1) % MOST_LINES;
  }

  /** The lines from old to new; only the last `tail` where that is given. */
  lines(tail = MOST_LINES): LogLine[] {
    const count = this.#texts.length;
    const wanted = Math.min(Math.max(0, tail), count);
    return Array.from({ length: wanted }, (_, i) => {
      const place = (this.#oldest + count - wanted + i) % count;
      return { at: this.#times[place] as number, text: String(this.#texts[place]).slice(0, LONGEST_LINE) };
    });
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
