import type { Command, Script } from './ast.ts';
import type { Expander } from './expander.ts';
import { matchesGlob } from './glob.ts';
import type { Machine, TerminalControl } from './process.ts';
import { Collected, type Streams } from './streams.ts';
import { Exit, type ProcessGroup } from './task.ts';
import type { Run, Waiting } from './wait.ts';

/** Whose words a shell uses. */
export type ShellKind = 'ash' | 'dash' | 'bash';

/** A mistake that ends the command, and a script with it; in the shell's words. */
export class ShellError extends Error {}

/** Counts what a script did without waiting; shared by a shell and everything that it starts. */
export interface Pace {
  commands: number;
  /** Rounds of loops that may still go by without taking time. */
  freeRounds: number;
  /** Shells that were forked at one moment of cluster time: a fork bomb forks all of its own at once. */
  forks: { at: number; count: number };
}

export interface ShellParts {
  readonly machine: Machine;
  readonly kind: ShellKind;
  /** `$0`, which messages begin with. */
  readonly name: string;
  readonly parameters: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly group: ProcessGroup;
  readonly streams: Streams;
  readonly terminal?: TerminalControl;
  /** Runs a script in a shell, see `interpreter.ts`. */
  run(script: Script, shell: Shell, streams: Streams): Run;
}

/** More text than this is no value of a variable any more. */
const LONGEST_VALUE = 1_000_000;
const MOST_PATHS = 10_000;
const MOST_FORKS = 10_000;

/** The state of one shell (POSIX shell, 2.12 Shell Execution Environment). */
export class Shell implements Expander {
  readonly parts: ShellParts;
  readonly machine: Machine;
  readonly variables: Map<string, string>;
  readonly exported: Set<string>;
  readonly functions: Map<string, Command>;
  readonly options: Set<string>;
  readonly traps = new Map<string, string>();
  readonly pace: Pace;
  /** Jobs in the background, and who waits for them. */
  readonly jobs = new Set<{ status?: number; onEnd?: () => void }>();
  parameters: readonly string[];
  cwd: string;
  status = 0;
  /** Status of the last command substitution of this command. */
  substituted: number | undefined;
  lastJob = 0;
  depth = 0;
  /** How many conditions stand around: in one, `set -e` does not end the shell. */
  conditions = 0;
  group: ProcessGroup;
  streams: Streams;

  constructor(parts: ShellParts, from?: Shell) {
    this.parts = parts;
    this.machine = parts.machine;
    this.variables = new Map(from?.variables ?? parts.env);
    this.exported = new Set(from?.exported ?? parts.env.keys());
    this.functions = new Map(from?.functions);
    this.options = new Set(from?.options);
    this.pace = from?.pace ?? { commands: 0, freeRounds: 1000, forks: { at: 0, count: 0 } };
    this.parameters = from?.parameters ?? parts.parameters;
    this.cwd = from?.cwd ?? parts.cwd;
    this.status = from?.status ?? 0;
    this.depth = (from?.depth ?? 0) + 1;
    this.group = from?.group ?? parts.group;
    this.streams = from?.streams ?? parts.streams;
    if (!this.variables.has('PWD')) this.variables.set('PWD', this.cwd);
    if (this.depth > 60) throw new Exit(2);
  }

  get interactive(): boolean {
    return this.parts.terminal !== undefined;
  }

  /** What messages of this shell begin with. */
  get prefix(): string {
    const { kind, name } = this.parts;
    if (kind === 'dash') return `${name}: 1: `;
    return kind === 'bash' && !this.interactive ? `${name}: line 1: ` : `${name}: `;
  }

  /** @throws ShellError when there are too many processes */
  fork(): Shell {
    const { forks } = this.pace;
    const now = this.group.clock.now();
    forks.count = forks.at === now ? forks.count + 1 : 1;
    forks.at = now;
    if (forks.count > MOST_FORKS) throw new ShellError("can't fork: Resource temporarily unavailable");
    return new Shell(this.parts, this);
  }

  get(name: string): string | undefined {
    if (/^\d+$/.test(name)) return name === '0' ? this.parts.name : this.parameters[Number(name) - 1];
    switch (name) {
      case '?':
        return String(this.status);
      case '#':
        return String(this.parameters.length);
      case '@':
      case '*':
        return this.parameters.join(' ');
      case '$':
        return '1';
      case '!':
        return this.lastJob === 0 ? '' : String(this.lastJob);
      case '-':
        return [...this.options].join('');
      case 'RANDOM':
        return String(Math.floor(this.machine.context.chance.next() * 32_768));
      default:
        return this.#variable(name);
    }
  }

  #variable(name: string): string | undefined {
    const value = this.variables.get(name);
    if (value === undefined && this.options.has('u'))
      throw new ShellError(`${name}: ${this.parts.kind === 'bash' ? 'unbound variable' : 'parameter not set'}`);
    return value;
  }

  set(name: string, value: string): void {
    if (value.length > LONGEST_VALUE || this.variables.size > 10_000) throw new ShellError('out of memory');
    this.variables.set(name, value);
  }

  fail(message: string): never {
    throw new ShellError(message);
  }

  *substitute(script: Script): Waiting<string> {
    const output = new Collected();
    try {
      this.substituted = yield* this.parts.run(script, this.fork(), { ...this.streams, stdout: output });
    } catch (error) {
      if (!(error instanceof Exit)) throw error;
      this.substituted = error.status;
    }
    return output.text;
  }

  /** Environment of the commands that it runs. */
  environment(): ReadonlyMap<string, string> {
    const env = new Map<string, string>();
    for (const name of this.exported) {
      const value = this.variables.get(name);
      if (value !== undefined) env.set(name, value);
    }
    return env;
  }

  paths(pattern: string): string[] {
    const isAbsolute = pattern.startsWith('/');
    let found = [isAbsolute ? '' : this.cwd === '/' ? '' : this.cwd];
    for (const part of pattern.split('/').filter((each) => each !== '')) {
      found = found.flatMap((directory) => this.#matching(directory, part)).slice(0, MOST_PATHS);
    }
    const cut = this.cwd === '/' ? 1 : this.cwd.length + 1;
    return isAbsolute ? found : found.map((path) => path.slice(cut));
  }

  #matching(directory: string, part: string): string[] {
    const { files } = this.machine;
    if (!files.isDirectory(directory || '/')) return [];
    const names = files.list(directory || '/').filter((name) => part.startsWith('.') || !name.startsWith('.'));
    return names.filter((name) => matchesGlob(part, name)).map((name) => `${directory}/${name}`);
  }
}
