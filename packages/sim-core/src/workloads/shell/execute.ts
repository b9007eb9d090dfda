import type { Process } from './process.ts';
import type { Shell } from './shell.ts';
import type { Streams } from './streams.ts';
import type { Run } from './wait.ts';

/** A command with everything filled in. */
export interface Call {
  readonly name: string;
  readonly args: readonly string[];
  /** `NAME=value` before the name. */
  readonly assigned: ReadonlyMap<string, string>;
}

/** Runs a program of the image. */
export function* execute({ name, args, assigned }: Call, shell: Shell, streams: Streams): Run {
  const { machine, cwd, group, parts } = shell;
  const executable = machine.find(name, cwd);
  if (executable === undefined) {
    if (machine.takeOver?.() === true) return yield* forGood();
    streams.stderr.write(notFound(name, shell));
    return 127;
  }
  const env = assigned.size === 0 ? shell.environment() : new Map([...shell.environment(), ...assigned]);
  const process: Process = {
    name,
    args,
    env,
    cwd,
    machine,
    group,
    ...streams,
    ...(parts.terminal && { terminal: parts.terminal }),
  };
  const result = executable(process);
  return typeof result === 'number' ? result : yield* result;
}

function* forGood(): Run {
  yield { milliseconds: Number.POSITIVE_INFINITY };
  return 0;
}

function notFound(name: string, shell: Shell): string {
  const isPath = name.includes('/');
  if (shell.parts.kind !== 'bash') return `${shell.prefix}${name}: not found\n`;
  return `${shell.prefix}${name}: ${isPath ? 'No such file or directory' : 'command not found'}\n`;
}
