import type { Command, Script } from './ast.ts';
import { runBody, runCondition } from './body.ts';
import { expandWords } from './expand.ts';
import { Jump } from './jump.ts';
import { pacing, restAfterMany } from './pace.ts';
import type { Shell } from './shell.ts';
import type { Streams } from './streams.ts';
import type { Run } from './wait.ts';

/** A loop that waits for nothing would stop time itself: once it has had its free rounds, each takes at least this long. */
const SHORTEST_ROUND = 1000;

/** `while`, `until`. */
export function* runLoop(loop: Extract<Command, { kind: 'loop' }>, shell: Shell, streams: Streams): Run {
  let status = 0;
  for (;;) {
    const round = { rest: SHORTEST_ROUND };
    const passed = (yield* pacing(runCondition(loop.condition, shell, streams), round)) === 0;
    if (passed === loop.until) return status;
    const ended = yield* pacing(runRound(loop.body, shell, streams), round);
    if (ended >= 0) status = ended;
    else return 0;
    if (round.rest === SHORTEST_ROUND && shell.pace.freeRounds-- > 0) continue;
    if (round.rest > 0) yield { milliseconds: round.rest };
  }
}

/** `for`. */
export function* runFor(
  { variable, words, body }: Extract<Command, { kind: 'for' }>,
  shell: Shell,
  streams: Streams,
): Run {
  const values = words === undefined ? shell.parameters : yield* expandWords(words, shell);
  let status = 0;
  for (const value of values) {
    yield* restAfterMany(shell);
    shell.set(variable, value);
    const ended = yield* runRound(body, shell, streams);
    if (ended < 0) return 0;
    status = ended;
  }
  return status;
}

/** One round of a loop; -1: `break` ended the loop. */
function* runRound(body: Script, shell: Shell, streams: Streams): Run {
  try {
    return yield* runBody(body, shell, streams);
  } catch (error) {
    if (!(error instanceof Jump) || error.kind === 'return') throw error;
    if (error.levels > 1) throw new Jump(error.kind, error.levels - 1);
    return error.kind === 'break' ? -1 : 0;
  }
}
