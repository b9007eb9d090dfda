import type { Shell } from './shell.ts';
import type { Run, Waiting } from './wait.ts';

/** One that asks over the network goes faster: what it takes to start a process and to connect. */
const SHORTEST_ASKING_ROUND = 10;

/** So many commands take a moment even if none of them waits, so that no script holds up the cluster. */
const COMMANDS_AT_ONCE = 1000;

/** Milliseconds. */
const MOMENT = 100;

/** Counts one command, and takes a moment after many. */
export function* restAfterMany({ pace }: Shell): Waiting<void> {
  if (++pace.commands % COMMANDS_AT_ONCE === 0) yield { milliseconds: MOMENT };
}

/** Notes how long the round still has to take, after what the run waits for. */
export function* pacing(run: Run, round: { rest: number }): Waiting<number> {
  let result = run.next();
  try {
    while (result.done !== true) {
      if ('answer' in result.value) round.rest = Math.min(round.rest, SHORTEST_ASKING_ROUND);
      else if (result.value.milliseconds > 0) round.rest = 0;
      result = run.next(yield result.value);
    }
    return result.value;
  } finally {
    if (result.done !== true) run.return(0);
  }
}
