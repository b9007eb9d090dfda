import type { LogText } from '../workloads/program.ts';
import type { ContainerLog } from './container-log.ts';

/** Somebody who is attached to a container. */
export interface Attached {
  output(text: string, stream: 'stdout' | 'stderr'): void;
  /** The container has ended with this code. */
  exit(code: number): void;
}

/** More than this without a break is a line (containerd cuts there too). */
const LONGEST_LINE = 16_384;

/** What one life of a container writes: lines for its log, everything for those who are attached. */
export class ContainerOutput {
  readonly #log: ContainerLog;
  readonly #now: () => number;
  #attached: Set<Attached> | undefined;
  /** A line that has no break yet. */
  #begun = '';

  constructor(log: ContainerLog, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  /** A whole line; put into words only when somebody reads it. */
  line(text: LogText): void {
    this.#log.add(this.#now(), text);
    if (this.#attached !== undefined) this.#tell(`${text}\n`, 'stdout');
  }

  /** A text as it is. */
  write(text: string, stream: 'stdout' | 'stderr'): void {
    if (this.#attached !== undefined) this.#tell(text, stream);
    const lines = (this.#begun + text).split('\n');
    this.#begun = lines.pop() ?? '';
    for (const line of lines) this.#log.add(this.#now(), line);
    if (this.#begun.length > LONGEST_LINE) this.#flush();
  }

  /** Whether somebody was attached in this life. */
  get wasAttached(): boolean {
    return this.#attached !== undefined;
  }

  /** What was written so far, as far as the log keeps it. */
  get text(): string {
    return this.#log
      .lines()
      .map(({ text }) => `${text}\n`)
      .join('')
      .concat(this.#begun);
  }

  attach(attached: Attached): () => void {
    this.#attached ??= new Set();
    this.#attached.add(attached);
    return () => this.#attached?.delete(attached);
  }

  end(code: number): void {
    this.#flush();
    for (const attached of [...(this.#attached ?? [])]) attached.exit(code);
    this.#attached = undefined;
  }

  #flush(): void {
    if (this.#begun !== '') this.#log.add(this.#now(), this.#begun);
    this.#begun = '';
  }

  #tell(text: string, stream: 'stdout' | 'stderr'): void {
    for (const attached of this.#attached ?? []) attached.output(text, stream);
  }
}
