import { describeFlags, type Flags } from './flags.ts';

/** Where a command prints: stdout for its result, stderr for everything about it. */
export interface Output {
  /** To stdout, as it is. */
  write(text: string): void;
  out(text: string): void;
  err(text: string): void;
}

/** One command: one file in `commands/`, all of this shape. */
export interface Command {
  readonly name: string;
  /** What follows the name, `<file|dir|-> …`. */
  readonly usage: string;
  /** One sentence. */
  readonly summary: string;
  readonly flags: Flags;
  /** @returns the exit code. @throws CliError for every end that was foreseen */
  run(argv: readonly string[], output: Output): Promise<number>;
}

/** What `--help` prints for a command. */
export function helpFor(command: Command): string {
  const lines = [`Usage: npx k8s-ingress-sandbox ${command.name} ${command.usage}`.trimEnd(), '', command.summary];
  const flags = describeFlags(command.flags);
  if (flags.length > 0) lines.push('', 'Flags:', ...flags);
  return `${lines.join('\n')}\n`;
}
