import { FileError } from '../files/file-error.ts';
import { resolvePath } from '../files/path.ts';
import { evaluate } from './arithmetic.ts';
import { Jump } from './jump.ts';
import { parseScript } from './parse.ts';
import type { Shell } from './shell.ts';
import { readLine, type Streams } from './streams.ts';
import { syntaxError } from './syntax-error.ts';
import { Exit } from './task.ts';
import { answerOf, type Run } from './wait.ts';

/** A command of the shell itself. `call` runs another command in the same shell. */
export type Builtin = (
  args: readonly string[],
  shell: Shell,
  streams: Streams,
  call: (words: readonly string[]) => Run,
) => number | Run;

const done = (): number => 0;

function cd([target]: readonly string[], shell: Shell, { stdout, stderr }: Streams): number {
  const wanted = target === '-' ? (shell.variables.get('OLDPWD') ?? shell.cwd) : (target ?? shell.get('HOME') ?? '/');
  const path = resolvePath(shell.cwd, wanted);
  const entry = shell.machine.files.stat(path);
  if (entry?.kind !== 'directory') {
    const why = entry === undefined ? 'No such file or directory' : 'Not a directory';
    const { kind } = shell.parts;
    stderr.write(
      `${shell.prefix}cd: ${kind === 'bash' ? `${wanted}: ${why}` : `can't cd to ${wanted}${kind === 'ash' ? `: ${why}` : ''}`}\n`,
    );
    return kind === 'dash' ? 2 : 1;
  }
  if (target === '-') stdout.write(`${path}\n`);
  shell.set('OLDPWD', shell.cwd);
  shell.cwd = path;
  shell.set('PWD', path);
  return 0;
}

/** `export`, `readonly`, `local`: names, with values where they have some. */
function declare(marks: boolean) {
  return (args: readonly string[], shell: Shell, { stdout }: Streams): number => {
    if (marks && args.filter((each) => each !== '-p').length === 0)
      for (const [name, value] of [...shell.environment()].sort()) stdout.write(`export ${name}='${value}'\n`);
    for (const arg of args) {
      const equals = arg.indexOf('=');
      const name = equals < 0 ? arg : arg.slice(0, equals);
      if (!/^[A-Za-z_]\w*$/.test(name)) continue;
      if (equals >= 0) shell.set(name, arg.slice(equals + 1));
      if (marks) shell.exported.add(name);
    }
    return 0;
  };
}

function unset(args: readonly string[], shell: Shell): number {
  for (const name of args) {
    shell.variables.delete(name);
    shell.exported.delete(name);
    if (args[0] === '-f') shell.functions.delete(name);
  }
  return 0;
}

function set(args: readonly string[], shell: Shell, { stdout }: Streams): number {
  if (args.length === 0) for (const [name, value] of [...shell.variables].sort()) stdout.write(`${name}='${value}'\n`);
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    if (arg === '--' || !/^[-+]/.test(arg)) {
      shell.parameters = args.slice(arg === '--' ? index + 1 : index);
      return 0;
    }
    const named = /^[-+]o$/.test(arg) ? LONG_OPTIONS[args[++index] ?? ''] : undefined;
    for (const letter of named === undefined ? arg.slice(1).replace('o', '') : [named])
      if (arg.startsWith('-')) shell.options.add(letter);
      else shell.options.delete(letter);
    if (/^[-+]\w+o$/.test(arg)) shell.options.add(LONG_OPTIONS[args[++index] ?? ''] ?? 'o');
  }
  return 0;
}

const LONG_OPTIONS: Readonly<Record<string, string>> = Object.freeze({
  errexit: 'e',
  nounset: 'u',
  xtrace: 'x',
  pipefail: 'pipefail',
});

function exit([status]: readonly string[], shell: Shell): never {
  throw new Exit(status === undefined ? shell.status : Number(status) & 255);
}

function jump(kind: 'break' | 'continue' | 'return') {
  return ([level]: readonly string[], shell: Shell): never => {
    throw new Jump(kind, kind === 'return' ? Number(level ?? shell.status) & 255 : Math.max(1, Number(level ?? 1)));
  };
}

function* read(args: readonly string[], shell: Shell, { stdin, stdout }: Streams): Run {
  const names: string[] = [];
  for (let index = 0; index < args.length; index++) {
    if (args[index] === '-p') stdout.write(args[++index] ?? '');
    else if (/^-[tnd]$/.test(args[index] as string)) index++;
    else if (!(args[index] as string).startsWith('-')) names.push(args[index] as string);
  }
  const line = yield* readLine(stdin);
  const text = (line ?? '').replace(/\n$/, '');
  const [last = 'REPLY'] = names.splice(-1);
  let rest = (shell.variables.get('IFS') ?? ' ') === '' ? text : text.trim();
  for (const name of names) {
    const [, word = '', remaining = ''] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? [];
    shell.set(name, word);
    rest = remaining;
  }
  shell.set(last, rest);
  return line === undefined ? 1 : 0;
}

function runText(text: string, shell: Shell, streams: Streams): number | Run {
  const parsed = parseScript(text);
  if ('script' in parsed) return shell.parts.run(parsed.script, shell, streams);
  streams.stderr.write(syntaxError(parsed, shell));
  return 2;
}

/** `. file`. */
function source([name = '', ...args]: readonly string[], shell: Shell, streams: Streams): number | Run {
  try {
    const text = shell.machine.files.read(resolvePath(shell.cwd, name));
    if (args.length > 0) shell.parameters = args;
    return runText(text, shell, streams);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    streams.stderr.write(
      `${shell.prefix}${shell.parts.kind === 'ash' ? `.: can't open '${name}'` : `${name}`}: ${error.message}\n`,
    );
    return 1;
  }
}

function* wait(_args: readonly string[], shell: Shell): Run {
  for (const job of [...shell.jobs]) {
    yield* answerOf<undefined>((answer) => {
      job.onEnd = () => answer(undefined);
    });
    shell.status = job.status ?? 0;
  }
  return 0;
}

function trap([action = '', ...signals]: readonly string[], shell: Shell): number {
  for (const signal of signals) {
    const name = SIGNAL_NAMES[signal] ?? signal.replace(/^SIG/, '');
    if (action === '-') shell.traps.delete(name);
    else shell.traps.set(name, action);
    if (name === 'TERM') shell.parts.group.onTerminate = terminator(shell, action);
  }
  return 0;
}

/** What SIGTERM does to a shell with a trap for it: the action, in its present state; then the shell ends. */
function terminator(shell: Shell, action: string): (() => Run) | undefined {
  if (action === '-') return undefined;
  return function* (): Run {
    const result = runText(action, shell, shell.parts.streams);
    return typeof result === 'number' ? result : yield* result;
  };
}

const SIGNAL_NAMES: Readonly<Record<string, string>> = Object.freeze({ 0: 'EXIT', 2: 'INT', 15: 'TERM' });

/** `command -v`, `type`, `which`: where a name leads. */
function locate(name: string, shell: Shell, { stdout, stderr }: Streams, wordy: boolean): number {
  const found = whereIs(name, shell);
  if (found === undefined) {
    if (wordy)
      stderr.write(
        `${shell.prefix}${shell.parts.kind === 'bash' ? `type: ${name}: not found` : `${name}: not found`}\n`,
      );
    return shell.parts.kind === 'bash' ? 1 : 127;
  }
  const kind = found.startsWith('/') ? found : shell.functions.has(name) ? 'a function' : 'a shell builtin';
  stdout.write(wordy ? `${name} is ${kind}\n` : `${found}\n`);
  return 0;
}

function whereIs(name: string, shell: Shell): string | undefined {
  if (shell.functions.has(name) || Object.hasOwn(BUILTINS, name)) return name;
  if (shell.machine.find(name, shell.cwd) === undefined) return undefined;
  if (name.includes('/')) return name;
  return /^(echo|printf|test|\[|true|false|kill|pwd)$/.test(name)
    ? name
    : `/${shell.machine.tools.userland === 'busybox' ? 'bin' : 'usr/bin'}/${name}`;
}

/** What the shell does itself. Commands that are programs as well, such as echo, stand in `commands/`. */
export const BUILTINS: Readonly<Record<string, Builtin>> = Object.freeze({
  ':': done,
  '.': source,
  alias: done,
  bg: done,
  break: jump('break'),
  cd,
  command: (args: readonly string[], shell: Shell, streams: Streams, call: (words: readonly string[]) => Run) =>
    /^-[vV]$/.test(args[0] ?? '') ? locate(args[1] ?? '', shell, streams, args[0] === '-V') : call(args),
  continue: jump('continue'),
  declare: declare(false),
  eval: (args: readonly string[], shell: Shell, streams: Streams) => runText(args.join(' '), shell, streams),
  exec: function* (
    args: readonly string[],
    _shell: Shell,
    _streams: Streams,
    call: (words: readonly string[]) => Run,
  ): Run {
    if (args.length === 0) return 0;
    throw new Exit(yield* call(args));
  },
  exit,
  export: declare(true),
  fg: done,
  hash: done,
  jobs: done,
  let: (args: readonly string[], shell: Shell) => Number(args.map((each) => evaluate(each, shell)).at(-1) === 0),
  local: declare(false),
  read,
  readonly: declare(false),
  return: jump('return'),
  set,
  shift: ([count = '1']: readonly string[], shell: Shell) => {
    shell.parameters = shell.parameters.slice(Number(count) || 1);
    return 0;
  },
  shopt: done,
  source,
  times: done,
  trap,
  type: (args: readonly string[], shell: Shell, streams: Streams) => locate(args[0] ?? '', shell, streams, true),
  ulimit: done,
  umask: done,
  unalias: done,
  unset,
  wait,
});
