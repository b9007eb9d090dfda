import type { Command, Script } from './ast.ts';
import { runBody, runCondition } from './body.ts';
import { expandPattern, expandText } from './expand.ts';
import { matchesGlob } from './glob.ts';
import { runFor, runLoop } from './loops.ts';
import type { Shell } from './shell.ts';
import type { Streams } from './streams.ts';
import { Exit } from './task.ts';
import type { Run } from './wait.ts';

/** Runs a command with a body (2.9.4 Compound Commands). */
export function* runCompound(command: Exclude<Command, { kind: 'simple' }>, shell: Shell, streams: Streams): Run {
  switch (command.kind) {
    case 'group':
      return yield* shell.parts.run(command.body, shell, streams);
    case 'subshell':
      return yield* runSubshell(command.body, shell.fork(), streams);
    case 'loop':
      return yield* runLoop(command, shell, streams);
    case 'for':
      return yield* runFor(command, shell, streams);
    case 'if':
      for (const { condition, body } of command.branches)
        if ((yield* runCondition(condition, shell, streams)) === 0) return yield* runBody(body, shell, streams);
      return yield* runBody(command.otherwise, shell, streams);
    case 'case':
      return yield* runCase(command, shell, streams);
    case 'function':
      shell.functions.set(command.name, command.body);
      return 0;
  }
}

/** `( … )`: an `exit` ends only what is inside. */
function* runSubshell(body: Script, shell: Shell, streams: Streams): Run {
  try {
    return yield* shell.parts.run(body, shell, streams);
  } catch (error) {
    if (error instanceof Exit) return error.status;
    throw error;
  }
}

function* runCase({ word, items }: Extract<Command, { kind: 'case' }>, shell: Shell, streams: Streams): Run {
  const text = yield* expandText(word, shell);
  for (const { patterns, body } of items)
    for (const pattern of patterns)
      if (matchesGlob(yield* expandPattern(pattern, shell), text)) return yield* runBody(body, shell, streams);
  return 0;
}
