import type { LogText } from '../workloads/program.ts';

/** One line of a container's log. */
export interface LogLine {
  /** Cluster time in milliseconds. */
  readonly at: number;
  readonly text: string;
}

/** Somebody who reads along. */
export interface LogFollower {
  line(line: LogLine): void;
  /** The container has ended: nothing more comes. */
  end(): void;
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
  #followers: Set<LogFollower> | undefined;

  add(at: number, text: LogText): void {
    if (this.#followers !== undefined) this.#tell({ at, text: cut(text) });
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
      return { at: this.#times[place] as number, text: cut(this.#texts[place] as LogText) };
    });
  }

  /** Tells of every line from now on, until the container ends. Returns how to stop. */
  follow(follower: LogFollower): () => void {
    this.#followers ??= new Set();
    this.#followers.add(follower);
    return () => this.#followers?.delete(follower);
  }

  /** Nothing more comes. */
  end(): void {
    const followers = [...(this.#followers ?? [])];
    this.#followers = undefined;
    for (const follower of followers) follower.end();
  }

  #tell(line: LogLine): void {
    for (const follower of [...(this.#followers ?? [])]) follower.line(line);
  }
}

function cut(text: LogText): string {
  return String(text).slice(0, LONGEST_LINE);
}

/** The logs of a container through its lives: the present one and the one before are kept. */
export class ContainerLogs {
  #current: ContainerLog | undefined;
  #previous: ContainerLog | undefined;
  /** Its last life is over and the next has not begun. */
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
    this.#current?.end();
  }

  /** Log of the present life, or of the last one where none has begun since. */
  get current(): ContainerLog | undefined {
    return this.#current;
  }

  /** Log of the life before the present one. @param lastCounts whether the last one counts as such while no other has begun */
  previous(lastCounts: boolean): ContainerLog | undefined {
    return this.#between && lastCounts ? this.#current : this.#previous;
  }
}
