import type { Shell } from './shell.ts';
import type { Streams } from './streams.ts';
import type { Run } from './wait.ts';

/** A command of the shell itself. `call` runs another command in the same shell. */
export type Builtin = (
  args: readonly string[],
  shell: Shell,
  streams: Streams,
  call: (words: readonly string[]) => Run,
) => number | Run;
