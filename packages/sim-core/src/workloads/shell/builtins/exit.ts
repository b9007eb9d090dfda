import { Jump } from '../jump.ts';
import type { Shell } from '../shell.ts';
import type { Streams } from '../streams.ts';
import { Exit } from '../task.ts';
import type { Run } from '../wait.ts';

/** `exit [status]`. */
export function exit([status]: readonly string[], shell: Shell): never {
  throw new Exit(status === undefined ? shell.status : Number(status) & 255);
}

/** `break`, `continue`, `return`. */
export function jump(kind: 'break' | 'continue' | 'return') {
  return ([level]: readonly string[], shell: Shell): never => {
    throw new Jump(kind, kind === 'return' ? Number(level ?? shell.status) & 255 : Math.max(1, Number(level ?? 1)));
  };
}

/** `exec command`: the command in the place of the shell. */
export function* exec(
  args: readonly string[],
  _shell: Shell,
  _streams: Streams,
  call: (words: readonly string[]) => Run,
): Run {
  if (args.length === 0) return 0;
  throw new Exit(yield* call(args));
}
