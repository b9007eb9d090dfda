import { FileError } from '../files/file-error.ts';
import { baseName, resolvePath } from '../files/path.ts';
import type { Script } from './ast.ts';
import { runScript } from './interpreter.ts';
import { Jump } from './jump.ts';
import { parseScript } from './parse.ts';
import type { Process } from './process.ts';
import { promptOf } from './prompt.ts';
import { type Call, callOf } from './sh-call.ts';
import { Shell, type ShellKind } from './shell.ts';
import { readLine } from './streams.ts';
import { syntaxError } from './syntax-error.ts';
import { Exit, SIGNALLED } from './task.ts';
import { answerOf, type Run } from './wait.ts';

/** Names of shells: their `-c` argument is a script. */
export const SHELLS: readonly string[] = Object.freeze(['sh', 'bash', 'ash', 'dash', 'zsh']);

/** A shell: runs its `-c` argument, a file, or what it reads. */
export function* sh(process: Process): Run {
  const call = callOf(process.args);
  const shell = shellOf(process, call);
  let status: number;
  try {
    status = yield* main(process, call, shell);
  } catch (error) {
    status = statusOf(error);
  }
  const last = shell.traps.get('EXIT');
  return last === undefined ? status : yield* runLast(last, shell, status);
}

function* main(process: Process, call: Call, shell: Shell): Run {
  if (call.script !== undefined) return yield* runText(call.script, shell);
  if (call.file === undefined) return yield* readCommands(process, shell);
  const text = readScript(call.file, process);
  if (text !== undefined) return yield* runText(text, shell);
  if (process.machine.takeOver?.() === true) yield { milliseconds: Number.POSITIVE_INFINITY };
  process.stderr.write(cannotOpen(call.file, shell));
  return shell.parts.kind === 'bash' ? 127 : 2;
}

function statusOf(error: unknown): number {
  if (error instanceof Exit) return error.status;
  if (error instanceof Jump) return error.kind === 'return' ? error.levels : 0;
  throw error;
}

function* runText(text: string, shell: Shell): Run {
  const parsed = parseScript(text);
  if ('script' in parsed) return yield* runScript(parsed.script, shell, shell.streams);
  shell.streams.stderr.write(syntaxError(parsed, shell));
  return 2;
}

function* runLast(action: string, shell: Shell, status: number): Run {
  try {
    yield* runText(action, shell);
  } catch (error) {
    return statusOf(error);
  }
  return status;
}

/** Reads commands line by line, with a prompt where somebody types. */
function* readCommands({ stdin, stderr, terminal, group }: Process, shell: Shell): Run {
  let text = '';
  for (;;) {
    if (terminal !== undefined) terminal.prompt(text === '' ? promptOf(shell) : '> ');
    const line = yield* readLine(stdin);
    if (line === undefined && text === '') {
      if (terminal !== undefined && shell.parts.kind === 'bash') stderr.write('exit\n');
      return shell.status;
    }
    text += line ?? '';
    const parsed = parseScript(text);
    if ('incomplete' in parsed && line !== undefined) continue;
    text = '';
    if (!('script' in parsed)) {
      stderr.write(syntaxError(parsed, shell));
      shell.status = 2;
    } else if (terminal === undefined) yield* runScript(parsed.script, shell, { ...shell.streams });
    else yield* runInForeground(parsed.script, shell, group, terminal);
  }
}

/** Runs one line so that Ctrl-C ends it and not the shell. */
function* runInForeground(
  script: Script,
  shell: Shell,
  group: Process['group'],
  terminal: NonNullable<Process['terminal']>,
): Run {
  const line = group.child();
  let left: unknown;
  terminal.foreground(line);
  shell.group = line;
  const run = guarded(script, shell, (error) => {
    left = error;
  });
  shell.status = yield* answerOf<number>((done) => line.spawn(run, done));
  terminal.foreground(undefined);
  if (shell.status === SIGNALLED.INT) shell.streams.stderr.write('\n');
  if (left !== undefined) throw left;
  return shell.status;
}

function* guarded(script: Script, shell: Shell, leave: (error: unknown) => void): Run {
  try {
    return yield* runScript(script, shell, shell.streams);
  } catch (error) {
    if (error instanceof Exit) leave(error);
    return error instanceof Exit ? error.status : 1;
  }
}

function shellOf(process: Process, { options, args, script, file }: Call): Shell {
  const { machine, env, cwd, group, stdin, stdout, stderr, terminal } = process;
  const kind = kindOf(process);
  const shell = new Shell({
    machine,
    kind,
    name: script !== undefined ? (args[0] ?? process.name) : (file ?? process.name),
    parameters: script !== undefined ? args.slice(1) : args,
    env,
    cwd,
    group,
    streams: { stdin, stdout, stderr },
    run: runScript,
    ...(terminal && script === undefined && file === undefined && { terminal }),
  });
  for (const option of options) shell.options.add(option);
  return shell;
}

function kindOf({ name, machine }: Process): ShellKind {
  const own = baseName(name);
  if (own === 'bash' || own === 'zsh') return 'bash';
  return machine.tools.userland === 'busybox' ? 'ash' : 'dash';
}

function readScript(file: string, { machine, cwd }: Process): string | undefined {
  try {
    return machine.files.read(resolvePath(cwd, file));
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

function cannotOpen(file: string, { parts }: Shell): string {
  if (parts.kind === 'ash') return `sh: can't open '${file}': No such file or directory\n`;
  if (parts.kind === 'dash') return `sh: 0: cannot open ${file}: No such file\n`;
  return `bash: ${file}: No such file or directory\n`;
}
