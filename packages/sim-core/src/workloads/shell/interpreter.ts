import { expand } from './expand.ts';
import type { Script, Statement } from './parse.ts';

/** What a running script waits for: time (Infinity: for good), or an answer, which may be there at once. */
export type Wait = { readonly milliseconds: number } | { readonly answer: (done: (answer: unknown) => void) => void };

/** A command under way: yields what it waits for, ends with its exit status. */
export type Run = Generator<Wait, number, unknown>;

/** What a script needs of its surroundings. */
export interface Shell {
  /** Commands and rounds that it has run. */
  commands: number;
  readonly variables: Map<string, string>;
  /** Runs one command with its arguments. `silent`: its output goes to a file. */
  command(words: readonly string[], silent: boolean): Run;
  /** Output of a command substitution, `$(date)`. */
  substitute(command: string): string;
}

/** Ends the whole script with a status. */
export class Exit extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`exit ${status}`);
    this.status = status;
  }
}

/** A loop that waits for nothing would stop time itself: each round takes at least this long. */
const SHORTEST_ROUND = 1000;
/** One that asks over the network goes faster: what it takes to start a process and to connect. */
const SHORTEST_ASKING_ROUND = 10;
/** So many commands take a moment even if none of them waits, so that no script holds up the cluster. */
const COMMANDS_AT_ONCE = 1000;
const MOMENT = 100;

/** Runs a script, step by step (POSIX shell, 2.9 Shell Commands). */
export function* runScript(script: Script, shell: Shell): Run {
  let status = 0;
  for (const { when, statement } of script) {
    if (when === 'always' || (when === 'success') === (status === 0)) status = yield* runStatement(statement, shell);
  }
  return status;
}

function* runStatement(statement: Statement, shell: Shell): Run {
  switch (statement.kind) {
    case 'command':
      return yield* runCommand(statement.words, statement.silent, shell);
    case 'loop':
      return yield* runLoop(statement, shell);
    case 'for':
      return yield* runFor(statement, shell);
    case 'if': {
      const passed = (yield* runScript(statement.condition, shell)) === 0;
      return yield* runScript(passed ? statement.then : statement.otherwise, shell);
    }
    case 'group':
      return yield* runScript(statement.body, shell);
  }
}

function* runCommand(raw: readonly string[], silent: boolean, shell: Shell): Run {
  yield* takeTurn(shell);
  const words = raw.map((word) => expand(word, shell));
  while (words.length > 0 && /^[A-Za-z_]\w*=/s.test(words[0] as string)) assign(words.shift() as string, shell);
  if (words[0] === '!') return (yield* shell.command(words.slice(1), silent)) === 0 ? 1 : 0;
  return words.length === 0 ? 0 : yield* shell.command(words, silent);
}

function* takeTurn(shell: Shell): Run {
  if (++shell.commands % COMMANDS_AT_ONCE === 0) yield { milliseconds: MOMENT };
  return 0;
}

function assign(word: string, shell: Shell): void {
  const equals = word.indexOf('=');
  shell.variables.set(word.slice(0, equals), word.slice(equals + 1));
}

function* runLoop({ until, condition, body }: Extract<Statement, { kind: 'loop' }>, shell: Shell): Run {
  for (;;) {
    const round = { rest: SHORTEST_ROUND };
    const passed = (yield* pacing(runScript(condition, shell), round)) === 0;
    if (passed === until) return 0;
    yield* pacing(runScript(body, shell), round);
    if (round.rest > 0) yield { milliseconds: round.rest };
  }
}

function* runFor({ variable, words, body }: Extract<Statement, { kind: 'for' }>, shell: Shell): Run {
  const values = words.flatMap((word) => expand(word, shell).split(/\s+/));
  let status = 0;
  for (const value of values) {
    yield* takeTurn(shell);
    shell.variables.set(variable, value);
    status = yield* runScript(body, shell);
  }
  return status;
}

/** Notes how long the round still has to take, after what the run waits for. */
function* pacing(run: Run, round: { rest: number }): Run {
  for (let next = run.next(); ; ) {
    if (next.done === true) return next.value;
    if ('answer' in next.value) round.rest = Math.min(round.rest, SHORTEST_ASKING_ROUND);
    else if (next.value.milliseconds > 0) round.rest = 0;
    next = run.next(yield next.value);
  }
}
