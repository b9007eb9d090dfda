import { ArithmeticError } from './arithmetic.ts';
import type { AndOr, Command, Pipeline, Script } from './ast.ts';
import { BUILTINS } from './builtins.ts';
import { expandPattern, expandText, expandWords } from './expand.ts';
import { matchesGlob } from './glob.ts';
import { Jump } from './jump.ts';
import type { Process } from './process.ts';
import { redirected } from './redirect.ts';
import { type Shell, ShellError } from './shell.ts';
import { Pipe, type Streams, textInput } from './streams.ts';
import { Exit } from './task.ts';
import { answerOf, type Run, type Waiting } from './wait.ts';

/** A loop that waits for nothing would stop time itself: once it has had its free rounds, each takes at least this long. */
const SHORTEST_ROUND = 1000;
/** One that asks over the network goes faster: what it takes to start a process and to connect. */
const SHORTEST_ASKING_ROUND = 10;
/** So many commands take a moment even if none of them waits, so that no script holds up the cluster. */
const COMMANDS_AT_ONCE = 1000;
const MOMENT = 100;

/** Runs a script, step by step (POSIX shell, 2.9 Shell Commands). */
export function* runScript(script: Script, shell: Shell, streams: Streams): Run {
  for (const andOr of script) {
    if (andOr.background) startJob(andOr, shell, streams);
    else shell.status = yield* runAndOr(andOr, shell, streams);
  }
  return shell.status;
}

function startJob(andOr: AndOr, shell: Shell, streams: Streams): void {
  const inner = shell.fork();
  const job: { status?: number; onEnd?: () => void } = {};
  shell.jobs.add(job);
  const run = runAndOr({ ...andOr, background: false }, inner, { ...streams, stdin: textInput('') });
  const processes = shell.machine.context.processes();
  const startedAt = shell.group.clock.now();
  let kill = (_status: number): void => {};
  const pid = processes.add({ command: shell.parts.name, startedAt, signal: (number) => kill(128 + number) });
  shell.lastJob = pid;
  kill = shell.group.spawn(run, (status) => {
    job.status = status;
    shell.jobs.delete(job);
    processes.remove(pid);
    job.onEnd?.();
  });
  shell.status = 0;
}

function* runAndOr({ pipelines }: AndOr, shell: Shell, streams: Streams): Run {
  for (const [index, { when, pipeline }] of pipelines.entries()) {
    if (when !== 'always' && (when === 'success') !== (shell.status === 0)) continue;
    const isLast = index === pipelines.length - 1;
    if (!isLast) shell.conditions++;
    try {
      shell.status = yield* runPipeline(pipeline, shell, streams);
    } finally {
      if (!isLast) shell.conditions--;
    }
    const fails = isLast && shell.status !== 0 && !pipeline.negated && shell.conditions === 0;
    if (fails && shell.options.has('e')) throw new Exit(shell.status);
  }
  return shell.status;
}

function* runPipeline({ commands, negated }: Pipeline, shell: Shell, streams: Streams): Run {
  const [only, ...more] = commands;
  if (negated) shell.conditions++;
  try {
    const shells = more.length === 0 ? [] : commands.map(() => shell.fork());
    const status =
      more.length === 0 && only !== undefined
        ? yield* runCommand(only, shell, streams)
        : yield* answerOf<number>((done) => startPipeline(commands, shells, streams, done));
    return negated ? Number(status === 0) : status;
  } finally {
    if (negated) shell.conditions--;
  }
}

/** Starts the commands of a pipeline, readers first; `done` hears the status of the last one when all have ended. */
function startPipeline(
  commands: readonly Command[],
  shells: readonly Shell[],
  streams: Streams,
  done: (status: number) => void,
): void {
  const pipes = commands.slice(1).map(() => new Pipe());
  let open = commands.length;
  let last = 0;
  let failed = 0;
  for (let index = commands.length - 1; index >= 0; index--) {
    const [from, to] = [pipes[index - 1], pipes[index]];
    const shell = shells[index] as Shell;
    const run = runCommand(commands[index] as Command, shell, {
      stdin: from ?? streams.stdin,
      stdout: to ?? streams.stdout,
      stderr: streams.stderr,
    });
    shell.group.spawn(run, (status) => {
      to?.close();
      from?.break();
      if (to === undefined) last = status;
      if (status !== 0 && failed === 0) failed = status;
      if (--open === 0) done(shell.options.has('pipefail') ? last || failed : last);
    });
  }
}

function* runCommand(command: Command, shell: Shell, streams: Streams): Run {
  if (++shell.pace.commands % COMMANDS_AT_ONCE === 0) yield { milliseconds: MOMENT };
  try {
    if (command.kind === 'simple') return yield* runSimple(command, shell, streams);
    return yield* runCompound(command, shell, yield* redirected(command.redirects, shell, streams));
  } catch (error) {
    if (!(error instanceof ShellError) && !(error instanceof ArithmeticError)) throw error;
    streams.stderr.write(`${shell.prefix}${error.message}\n`);
    const isFatal = error instanceof ArithmeticError || /parameter|unbound|memory|fork/.test(error.message);
    if (isFatal && !shell.interactive) throw new Exit(shell.parts.kind === 'bash' ? 1 : 2);
    return 1;
  }
}

function* runCompound(command: Exclude<Command, { kind: 'simple' }>, shell: Shell, streams: Streams): Run {
  switch (command.kind) {
    case 'group':
      return yield* runScript(command.body, shell, streams);
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

function* runBody(body: Script, shell: Shell, streams: Streams): Run {
  shell.status = 0;
  return yield* runScript(body, shell, streams);
}

/** `( … )`: an `exit` ends only what is inside. */
function* runSubshell(body: Script, shell: Shell, streams: Streams): Run {
  try {
    return yield* runScript(body, shell, streams);
  } catch (error) {
    if (error instanceof Exit) return error.status;
    throw error;
  }
}

/** In a condition `set -e` does not end the shell. */
function* runCondition(condition: Script, shell: Shell, streams: Streams): Run {
  shell.conditions++;
  try {
    return yield* runBody(condition, shell, streams);
  } finally {
    shell.conditions--;
  }
}

function* runLoop(loop: Extract<Command, { kind: 'loop' }>, shell: Shell, streams: Streams): Run {
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

function* runFor({ variable, words, body }: Extract<Command, { kind: 'for' }>, shell: Shell, streams: Streams): Run {
  const values = words === undefined ? shell.parameters : yield* expandWords(words, shell);
  let status = 0;
  for (const value of values) {
    if (++shell.pace.commands % COMMANDS_AT_ONCE === 0) yield { milliseconds: MOMENT };
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

function* runCase({ word, items }: Extract<Command, { kind: 'case' }>, shell: Shell, streams: Streams): Run {
  const text = yield* expandText(word, shell);
  for (const { patterns, body } of items)
    for (const pattern of patterns)
      if (matchesGlob(yield* expandPattern(pattern, shell), text)) return yield* runBody(body, shell, streams);
  return 0;
}

function* runSimple(command: Extract<Command, { kind: 'simple' }>, shell: Shell, streams: Streams): Run {
  shell.streams = streams;
  shell.substituted = undefined;
  const [name, ...args] = yield* expandWords(command.words, shell);
  const assigned = new Map<string, string>();
  for (const { name: variable, value } of command.assignments) {
    const text = yield* expandText(value, shell);
    if (name === undefined) shell.set(variable, text);
    assigned.set(variable, text);
  }
  const open = yield* redirected(command.redirects, shell, streams);
  if (name === undefined) return shell.substituted ?? 0;
  if (shell.options.has('x')) streams.stderr.write(`+ ${[name, ...args].join(' ')}\n`);
  if (name === 'exec' && args.length === 0) Object.assign(streams, open);
  return yield* callByName(name, args, assigned, shell, open);
}

function* callByName(
  name: string,
  args: readonly string[],
  assigned: ReadonlyMap<string, string>,
  shell: Shell,
  streams: Streams,
): Run {
  const body = shell.functions.get(name);
  if (body !== undefined) return yield* callFunction(body, args, assigned, shell, streams);
  const builtin = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
  if (builtin === undefined) return yield* execute(name, args, assigned, shell, streams);
  for (const [variable, text] of assigned) shell.set(variable, text);
  const result = builtin(args, shell, streams, (words) =>
    callByName(words[0] ?? ':', words.slice(1), new Map(), shell, streams),
  );
  return typeof result === 'number' ? result : yield* result;
}

function* callFunction(
  body: Command,
  args: readonly string[],
  assigned: ReadonlyMap<string, string>,
  shell: Shell,
  streams: Streams,
): Run {
  const { parameters, depth } = shell;
  if (depth > 60) throw new ShellError('maximum function nesting level exceeded');
  for (const [variable, text] of assigned) shell.set(variable, text);
  shell.parameters = args;
  shell.depth++;
  try {
    return yield* runCommand(body, shell, streams);
  } catch (error) {
    if (error instanceof Jump && error.kind === 'return') return error.levels;
    throw error;
  } finally {
    shell.parameters = parameters;
    shell.depth--;
  }
}

/** Runs a program of the image. */
function* execute(
  name: string,
  args: readonly string[],
  assigned: ReadonlyMap<string, string>,
  shell: Shell,
  streams: Streams,
): Run {
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

/** Notes how long the round still has to take, after what the run waits for. */
function* pacing(run: Run, round: { rest: number }): Waiting<number> {
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
