import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { untilRefused } from './ports.ts';

/** One line of `--output json`. */
export interface SandboxEvent {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What a process is started with. */
export interface StartOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Longest wait for a line, milliseconds; a busy machine needs most of it. */
const PATIENCE = 20_000;
/** Lines that a failure shows. */
const SHOWN = 60;

/** A running command whose output is read line by line. Lines are taken in their order: a wait starts behind the last one. */
export class Sandbox {
  readonly process: ChildProcess;
  readonly ended: Promise<Ending>;
  /** Everything on stdout so far, and everything on stderr. */
  readonly lines: string[] = [];
  errors = '';
  #taken = 0;
  #rest = '';
  #over = false;
  readonly #waiting = new Set<() => void>();

  constructor(command: string, args: readonly string[], options: StartOptions) {
    // A group of its own, so that nothing outlives a test that fails.
    this.process = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    this.process.stdin?.on('error', () => {});
    this.process.stdout?.on('data', (chunk) => this.#read(String(chunk)));
    this.process.stderr?.on('data', (chunk) => (this.errors += chunk));
    this.ended = once(this.process, 'close').then(([code, signal]) => {
      this.#over = true;
      this.#wake();
      return { code, signal } as Ending;
    });
  }

  /** The next line that matches. */
  line(pattern: RegExp, patience = PATIENCE): Promise<RegExpExecArray> {
    return this.#next((line) => pattern.exec(line) ?? undefined, String(pattern), patience);
  }

  /** The next event of that name, from `--output json`. */
  event(
    name: string,
    accept: (event: SandboxEvent) => boolean = () => true,
    patience = PATIENCE,
  ): Promise<SandboxEvent> {
    const read = (line: string): SandboxEvent | undefined => {
      // In a terminal, npm's warnings and its spinner stand before and between the events.
      const [text] = /\{"event":.*/.exec(line) ?? [];
      if (text === undefined) return undefined;
      const event = JSON.parse(text) as SandboxEvent;
      return event.event === name && accept(event) ? event : undefined;
    };
    return this.#next(read, `the event ${name}`, patience);
  }

  /** Types into the terminal, `\n` for Enter. */
  type(text: string): void {
    this.process.stdin?.write(text);
  }

  /** Sends a signal, waits for the end, and for `ports` to be free. */
  async stop(signal: NodeJS.Signals = 'SIGINT', ports: readonly number[] = []): Promise<Ending> {
    if (!this.#over) this.process.kill(signal);
    const [ending] = await Promise.all([this.ended, untilRefused(ports, 1000)]);
    return ending;
  }

  /** Ends it and everything it started, whatever state it is in. */
  async kill(): Promise<void> {
    try {
      process.kill(-(this.process.pid as number), 'SIGKILL');
    } catch {
      // The group is gone.
    }
    if (!this.#over) await this.ended;
  }

  /** The end of what it said. */
  get output(): string {
    return `${this.lines.slice(-SHOWN).join('\n')}\n--- stderr\n${this.errors}`;
  }

  #read(chunk: string): void {
    const parts = (this.#rest + chunk).split('\n');
    this.#rest = parts.pop() ?? '';
    this.lines.push(...parts);
    this.#wake();
  }

  #wake(): void {
    for (const look of [...this.#waiting]) look();
  }

  #next<T>(read: (line: string) => T | undefined, what: string, patience: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const give = (error?: string) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        if (error !== undefined)
          reject(new Error(`${error} waiting for ${what} behind line ${this.#taken}:\n${this.output}`));
      };
      const look = () => {
        while (this.#taken < this.lines.length) {
          const found = read(this.lines[this.#taken++] as string);
          if (found === undefined) continue;
          give();
          resolve(found);
          return;
        }
        if (this.#over) give('it ended');
      };
      const timer = setTimeout(() => give(`${patience} ms went by`), patience);
      this.#waiting.add(look);
      look();
    });
  }
}
