import type { Script } from './ast.ts';
import type { Shell } from './shell.ts';
import type { Streams } from './streams.ts';
import type { Run } from './wait.ts';

/** Runs a list that begins with the status 0. */
export function* runBody(body: Script, shell: Shell, streams: Streams): Run {
  shell.status = 0;
  return yield* shell.parts.run(body, shell, streams);
}

/** In a condition `set -e` does not end the shell. */
export function* runCondition(condition: Script, shell: Shell, streams: Streams): Run {
  shell.conditions++;
  try {
    return yield* runBody(condition, shell, streams);
  } finally {
    shell.conditions--;
  }
}
