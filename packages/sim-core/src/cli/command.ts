import { describeFlags, type Flags } from './flags.ts';

/** Where a command prints: stdout for its result, stderr for everything about it. */
export interface Output {
  /** To stdout, as it is. */
  write(text: string): void;
  /** A line to stdout. */
  out(text: string): void;
  /** A line to stderr. */
  err(text: string): void;
}

/** What a command does: one file in `commands/`, all of this shape. */
export interface Command {
  readonly flags: Flags;
  /** Lines to type, with a word about each where it helps. */
  readonly examples: readonly string[];
  /** Set where `--help` behind further words is the command's own affair. */
  readonly ownHelp?: boolean;
  /** @returns the exit code. @throws CliError for every end that was foreseen */
  run(argv: readonly string[], output: Output): Promise<number>;
}

/** A command in the table: enough for the overview, without loading it. */
export interface CommandEntry {
  readonly name: string;
  /** What follows the name, `<file|dir|-> …`. */
  readonly usage: string;
  /** One sentence. */
  readonly summary: string;
  load(): Promise<Command>;
}

/** How every line to type begins. */
export const PROGRAM = 'npx k8s-ingress-sandbox';

/** What `--help` prints for a command. */
export function helpFor({ name, usage, summary }: CommandEntry, { flags, examples }: Command): string {
  const lines = [`Usage: ${PROGRAM} ${name} ${usage}`.trimEnd(), '', summary];
  if (examples.length > 0) lines.push('', 'Examples:', ...examples.map((each) => `  ${PROGRAM} ${each}`));
  const described = describeFlags(flags);
  if (described.length > 0) lines.push('', 'Flags:', ...described);
  return `${lines.join('\n')}\n`;
}
