/** A process that `ps` shows. */
export interface ListedProcess {
  readonly pid: number;
  readonly command: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Sends it a signal by its number. */
  signal(number: number): void;
}

/** The processes of one life of a container. */
export class ProcessTable {
  readonly #processes = new Map<number, ListedProcess>();
  #next = 1;

  /** A process begins. @returns its number */
  add(process: Omit<ListedProcess, 'pid'>): number {
    const pid = this.#next++;
    this.#processes.set(pid, { ...process, pid });
    return pid;
  }

  remove(pid: number): void {
    this.#processes.delete(pid);
  }

  get(pid: number): ListedProcess | undefined {
    return this.#processes.get(pid);
  }

  all(): readonly ListedProcess[] {
    return [...this.#processes.values()];
  }
}
