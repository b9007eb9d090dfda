import { ArithmeticError } from './arithmetic.ts';
import type { AndOr, Command, Pipeline, Script } from './ast.ts';
import { BUILTINS } from './builtins/table.ts';
import { runCompound } from './compound.ts';
import { type Call, execute } from './execute.ts';
import { expandText, expandWords } from './expand.ts';
import { startJob } from './job.ts';
import { Jump } from './jump.ts';
import { restAfterMany } from './pace.ts';
import { type Stage, startPipeline } from './pipeline.ts';
import { redirected } from './redirect.ts';
import { type Shell, ShellError } from './shell.ts';
import { type Streams, textInput } from './streams.ts';
import { Exit } from './task.ts';
import { answerOf, type Run } from './wait.ts';

/** Runs a script, step by step (POSIX shell, 2.9 Shell Commands). */
export function* runScript(script: Script, shell: Shell, streams: Streams): Run {
  for (const andOr of script) {
    if (andOr.background) startBackground(andOr, shell, streams);
    else shell.status = yield* runAndOr(andOr, shell, streams);
  }
  return shell.status;
}

function startBackground(andOr: AndOr, shell: Shell, streams: Streams): void {
  const run = runAndOr({ ...andOr, background: false }, shell.fork(), { ...streams, stdin: textInput('') });
  startJob(run, shell);
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
    const stages = more.length === 0 ? [] : commands.map((command) => stageOf(command, shell.fork()));
    const status =
      more.length === 0 && only !== undefined
        ? yield* runCommand(only, shell, streams)
        : yield* answerOf<number>((done) => startPipeline(stages, streams, done));
    return negated ? Number(status === 0) : status;
  } finally {
    if (negated) shell.conditions--;
  }
}

function stageOf(command: Command, shell: Shell): Stage {
  return { shell, run: (streams) => runCommand(command, shell, streams) };
}

function* runCommand(command: Command, shell: Shell, streams: Streams): Run {
  yield* restAfterMany(shell);
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
  return yield* callByName({ name, args, assigned }, shell, open);
}

function* callByName(call: Call, shell: Shell, streams: Streams): Run {
  const { name, args, assigned } = call;
  const body = shell.functions.get(name);
  if (body !== undefined) return yield* callFunction(body, call, shell, streams);
  const builtin = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
  if (builtin === undefined) return yield* execute(call, shell, streams);
  for (const [variable, text] of assigned) shell.set(variable, text);
  const result = builtin(args, shell, streams, (words) =>
    callByName({ name: words[0] ?? ':', args: words.slice(1), assigned: new Map() }, shell, streams),
  );
  return typeof result === 'number' ? result : yield* result;
}

function* callFunction(body: Command, { args, assigned }: Call, shell: Shell, streams: Streams): Run {
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
