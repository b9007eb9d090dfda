import { formatTime } from '../../../sim/clock.ts';
import { formatDate } from '../../calendar.ts';
import { baseName } from '../../files/path.ts';
import type { Executable, Process } from '../process.ts';
import { textInput } from '../streams.ts';
import { answerOf, pause, type Run } from '../wait.ts';
import { unescapeAnsi } from '../words.ts';
import { parseOptions } from './options.ts';
import { readFiles } from './read-files.ts';

const SECONDS: Readonly<Record<string, number>> = Object.freeze({ '': 1, s: 1, m: 60, h: 3600, d: 86_400 });
const LONGEST_OUTPUT = 100_000;

/** Milliseconds that the arguments of `sleep` add up to: `5`, `0.5`, `2m`, `infinity`. */
export function sleepTime(words: readonly string[]): number {
  let milliseconds = 0;
  for (const word of words) {
    const [, amount = '0', unit = ''] = /^(\d*\.?\d+)([smhd]?)$/.exec(word) ?? [];
    const seconds = word.startsWith('inf') ? Number.POSITIVE_INFINITY : Number(amount) * (SECONDS[unit] as number);
    milliseconds += seconds * 1000;
  }
  return milliseconds;
}

function sleep(process: Process): number | Run {
  const wrong = process.args.find((word) => !/^(\d*\.?\d+[smhd]?|inf(inity)?)$/.test(word));
  if (wrong === undefined && process.args.length > 0) return sleeping(sleepTime(process.args));
  const { userland } = process.machine.tools;
  process.stderr.write(
    userland === 'busybox'
      ? `sleep: invalid number '${wrong ?? ''}'\n`
      : `sleep: invalid time interval ‘${wrong ?? ''}’\n`,
  );
  return 1;
}

function* sleeping(milliseconds: number): Run {
  yield* pause(milliseconds);
  return 0;
}

function echo({ args, stdout, machine }: Process): number {
  const first = args.findIndex((word) => !/^-[neE]+$/.test(word));
  const flags = args.slice(0, first < 0 ? args.length : first).join('');
  const text = first < 0 ? '' : args.slice(first).join(' ');
  // ash and dash take escapes only with -e; so does bash.
  const shown = flags.includes('e') || machine.tools.userland === 'debian' ? unescapeAnsi(text) : text;
  stdout.write(`${shown}${flags.includes('n') ? '' : '\n'}`);
  return 0;
}

function printf({ args: [format = '', ...values], stdout }: Process): number {
  let rest = [...values];
  let written = 0;
  do {
    const before = rest.length;
    const text = unescapeAnsi(format).replace(
      /%([-0+ ]*)(\d*)(?:\.(\d+))?([sdiuxXcfbq%])/g,
      (_, flags: string, width: string, precision: string | undefined, kind: string) => {
        if (kind === '%') return '%';
        return padded(formatted(rest.shift() ?? '', kind, precision), flags, Math.min(Number(width), 1000));
      },
    );
    stdout.write(text);
    written += text.length;
    if (rest.length === before) rest = [];
  } while (rest.length > 0 && written < LONGEST_OUTPUT);
  return 0;
}

function formatted(value: string, kind: string, precision: string | undefined): string {
  if (kind === 's' || kind === 'q') return precision === undefined ? value : value.slice(0, Number(precision));
  if (kind === 'b') return unescapeAnsi(value);
  if (kind === 'c') return value.slice(0, 1);
  const number = Number(value) || 0;
  if (kind === 'f') return number.toFixed(Math.min(Number(precision ?? 6), 20));
  return kind === 'x'
    ? Math.trunc(number).toString(16)
    : kind === 'X'
      ? Math.trunc(number).toString(16).toUpperCase()
      : String(Math.trunc(number));
}

function padded(text: string, flags: string, width: number): string {
  if (flags.includes('-')) return text.padEnd(width);
  return text.padStart(width, flags.includes('0') ? '0' : ' ');
}

/** `env`, and `env NAME=value command …`. */
function env(process: Process): number | Run {
  const { args, machine, stdout } = process;
  const variables = new Map(args[0] === '-i' ? [] : process.env);
  let index = args[0] === '-i' ? 1 : 0;
  for (; args[index]?.includes('=') === true; index++) {
    const arg = args[index] as string;
    variables.set(arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1));
  }
  const name = args[index];
  if (name === undefined) {
    for (const [variable, value] of variables) stdout.write(`${variable}=${value}\n`);
    return 0;
  }
  return runOther(
    { ...process, name, args: args.slice(index + 1), env: variables },
    machine.tools.userland === 'busybox' ? "can't execute " : '',
  );
}

/** Runs another command in the place of this one. */
function runOther(process: Process, words: string): number | Run {
  const { machine, name, cwd } = process;
  const executable = machine.find(name, cwd);
  if (executable !== undefined) return executable(process);
  if (machine.takeOver?.() === true) return sleeping(Number.POSITIVE_INFINITY);
  const quoted = words === '' ? `‘${name}’` : `${words}'${name}'`;
  process.stderr.write(`env: ${quoted}: No such file or directory\n`);
  return 127;
}

function printenv({ args, env: variables, stdout }: Process): number {
  if (args.length === 0) for (const [name, value] of variables) stdout.write(`${name}=${value}\n`);
  for (const name of args) if (variables.has(name)) stdout.write(`${variables.get(name)}\n`);
  return args.every((name) => variables.has(name)) ? 0 : 1;
}

/** `timeout 5 command …`: 143 for busybox, 124 for GNU when the time is over. */
function* timeout(process: Process): Run {
  const { rest } = splitTimeout(process.args);
  const [limit = '0', name = 'true', ...args] = rest;
  const group = process.group.child();
  const result = runOther({ ...process, name, args, group }, "can't execute ");
  if (typeof result === 'number') return result;
  const code = process.machine.tools.userland === 'busybox' ? 143 : 124;
  return yield* answerOf<number>((done) => {
    const kill = group.spawn(result, (status) => {
      cancel();
      done(status);
    });
    const cancel = group.clock.after(sleepTime([limit]), () => {
      group.kill(code);
      kill(code);
    });
  });
}

function splitTimeout(args: readonly string[]): { rest: readonly string[] } {
  let index = 0;
  for (; args[index]?.startsWith('-') === true; index++) if (/^-[ks]$/.test(args[index] as string)) index++;
  return { rest: args.slice(index) };
}

/** `xargs command`: one call with all words, or one for each with -n 1 and -I. */
function* xargs(process: Process): Run {
  const first = process.args.findIndex(
    (arg, i) => !arg.startsWith('-') && !/^-[nIPd]$/.test(process.args[i - 1] ?? ''),
  );
  const { has, value } = parseOptions(process.args.slice(0, first < 0 ? undefined : first), 'nIPd');
  const [name = 'echo', ...args] = first < 0 ? [] : process.args.slice(first);
  const { texts } = yield* readFiles(process, []);
  const words = texts
    .flatMap(({ text }) => (has('I') ? text.split('\n') : text.split(/\s+/)))
    .filter((word) => word !== '');
  const size = has('I') ? 1 : Number(value('n') ?? words.length) || 1;
  let status = 0;
  for (let at = 0; at < Math.max(words.length, has('r') ? 0 : 1); at += size) {
    const some = words.slice(at, at + size);
    const filled = has('I')
      ? args.map((arg) => arg.replaceAll(value('I') as string, some[0] ?? ''))
      : [...args, ...some];
    const result = runOther({ ...process, name, args: filled, stdin: textInput('') }, "can't execute ");
    const ended = typeof result === 'number' ? result : yield* result;
    if (ended !== 0) status = 123;
  }
  return status;
}

function printing(lineOf: (process: Process) => string): Executable {
  return (process) => {
    process.stdout.write(`${lineOf(process)}\n`);
    return 0;
  };
}

function hostname({ args, machine: { context } }: Process): string {
  if (args[0] === '-i' || args[0] === '-I') return `${context.podIp}${args[0] === '-I' ? ' ' : ''}`;
  return context.env['HOSTNAME'] ?? context.pod.metadata.name;
}

function id({ args, machine: { tools, context } }: Process): string {
  const { name, uid, gid } = userOf(tools.user, context.pod.spec.securityContext?.runAsUser);
  if (args[0] === '-u') return String(uid);
  if (args[0] === '-g') return String(gid);
  if (args[0] === '-un') return name;
  return name === ''
    ? `uid=${uid} gid=${gid} groups=${gid}`
    : `uid=${uid}(${name}) gid=${gid}(${name}) groups=${gid}(${name})`;
}

function userOf(
  user: { name: string; uid: number; gid: number },
  runAsUser: number | undefined,
): { name: string; uid: number; gid: number } {
  return runAsUser === undefined || runAsUser === user.uid ? user : { name: '', uid: runAsUser, gid: 0 };
}

const KERNEL = Object.freeze({
  s: 'Linux',
  r: '5.15.0',
  v: '#1 SMP',
  m: 'x86_64',
});

function uname({ args, machine: { context } }: Process): string {
  const letters = args.join('').replaceAll('-', '') || 's';
  const parts: Readonly<Record<string, string>> = { ...KERNEL, n: context.env['HOSTNAME'] ?? '' };
  const wanted = letters.includes('a') ? 'snrvm' : letters;
  return (
    [...'snrvm']
      .filter((letter) => wanted.includes(letter))
      .map((letter) => parts[letter])
      .join(' ') + (letters.includes('a') ? ' GNU/Linux' : '')
  );
}

function date({ args, machine: { context } }: Process): string {
  const now = context.clock.now();
  const format = args.find((arg) => arg.startsWith('+'));
  if (args.includes('-Iseconds')) return `${formatTime(now).slice(0, -1)}+00:00`;
  return format === undefined ? formatDate(now) : formatDateAs(format.slice(1), now);
}

function formatDateAs(format: string, now: number): string {
  const iso = formatTime(now);
  const whole = formatDate(now);
  const parts: Readonly<Record<string, string>> = {
    Y: iso.slice(0, 4),
    m: iso.slice(5, 7),
    d: iso.slice(8, 10),
    H: iso.slice(11, 13),
    M: iso.slice(14, 16),
    S: iso.slice(17, 19),
    T: iso.slice(11, 19),
    F: iso.slice(0, 10),
    R: iso.slice(11, 16),
    s: String(Math.floor(now / 1000)),
    N: `${String(Math.floor(now % 1000)).padStart(3, '0')}000000`,
    Z: 'UTC',
    z: '+0000',
    a: whole.slice(0, 3),
    b: whole.slice(4, 7),
    n: '\n',
    '%': '%',
  };
  return format.replace(/%([A-Za-z%])/g, (directive, letter: string) => parts[letter] ?? directive);
}

/** Signals to processes of the container. Number 1 hears only what it handles, as in every PID namespace. */
function kill({ args, machine: { context, tools }, stderr }: Process): number {
  if (args[0] === '-l') return 0;
  const named = /^-/.test(args[0] ?? '') ? (args[0] as string).slice(1) : 'TERM';
  const number = SIGNALS[named.replace(/^SIG/, '')] ?? (Number(named) || 15);
  let status = 0;
  for (const pid of args.filter((arg) => !arg.startsWith('-'))) {
    const process = context.processes().get(Number(pid));
    if (process === undefined) {
      stderr.write(
        tools.userland === 'busybox'
          ? `kill: can't kill pid ${pid}: No such process\n`
          : `kill: (${pid}) - No such process\n`,
      );
      status = 1;
    } else process.signal(number);
  }
  return status;
}

const SIGNALS: Readonly<Record<string, number>> = Object.freeze({
  HUP: 1,
  INT: 2,
  QUIT: 3,
  KILL: 9,
  USR1: 10,
  USR2: 12,
  TERM: 15,
});

function ps({ args, machine: { context, tools }, stdout }: Process): number {
  const isBusybox = tools.userland === 'busybox';
  const long = args.join('').includes('aux') || args.join('').includes('ef');
  const user = tools.user.name;
  const rows = context
    .processes()
    .all()
    .map(({ pid, command, startedAt }) => {
      const seconds = Math.floor((context.clock.now() - startedAt) / 1000);
      const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
      if (isBusybox) return `${String(pid).padStart(5)} ${user.padEnd(8)} ${time.padStart(5)} ${command}`;
      if (long)
        return `${user.padEnd(8)} ${String(pid).padStart(7)}  0.0  0.0   4608  3328 ?        Ss   ${formatTime(startedAt).slice(11, 16)}   0:00 ${command}`;
      return `${String(pid).padStart(7)} ?        00:00:00 ${baseName(command.split(' ')[0] as string)}`;
    });
  const head = isBusybox
    ? 'PID   USER     TIME  COMMAND'
    : long
      ? 'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND'
      : '    PID TTY          TIME CMD';
  stdout.write(`${[head, ...rows].join('\n')}\n`);
  return 0;
}

function df({ machine: { files, tools }, stdout }: Process): number {
  const row = (source: string, size: number, used: number, place: string) =>
    `${source.padEnd(20)} ${String(size).padStart(9)} ${String(used).padStart(9)} ${String(size - used).padStart(9)} ${String(Math.ceil((used / size) * 100)).padStart(3)}% ${place}\n`;
  stdout.write(
    tools.userland === 'busybox'
      ? 'Filesystem           1K-blocks      Used Available Use% Mounted on\n'
      : 'Filesystem           1K-blocks      Used Available Use% Mounted on\n',
  );
  stdout.write(row('overlay', 83_886_080, 20_971_520, '/'));
  stdout.write(row('tmpfs', 65_536, 0, '/dev'));
  for (const { source, path } of [...files.mounts].reverse())
    stdout.write(row(source, source === 'tmpfs' ? 16_777_216 : 83_886_080, source === 'tmpfs' ? 12 : 20_971_520, path));
  return 0;
}

function free({ args, stdout }: Process): number {
  const unit = args.includes('-m') ? 1024 : args.includes('-g') ? 1024 * 1024 : 1;
  const row = (name: string, numbers: readonly number[]) =>
    `${name.padEnd(6)}${numbers.map((number) => String(Math.floor(number / unit)).padStart(12)).join('')}\n`;
  stdout.write('              total        used        free      shared  buff/cache   available\n');
  stdout.write(row('Mem:', [16_384_000, 4_096_000, 8_192_000, 10_240, 4_096_000, 12_000_000]));
  stdout.write(row('Swap:', [0, 0, 0]));
  return 0;
}

function which({ args, machine, stdout, cwd }: Process): number {
  let status = 0;
  for (const name of args.filter((arg) => !arg.startsWith('-'))) {
    if (machine.find(name, cwd) === undefined) status = 1;
    else
      stdout.write(
        `${name.includes('/') ? name : `/${machine.tools.userland === 'busybox' ? 'bin' : 'usr/bin'}/${name}`}\n`,
      );
  }
  return status;
}

function expr({ args, stdout }: Process): number {
  const [a = '', operator = '', b = ''] = args;
  const [x, y] = [Number(a), Number(b)];
  const value: string | number | boolean =
    operator === '+'
      ? x + y
      : operator === '-'
        ? x - y
        : operator === '*'
          ? x * y
          : operator === '/'
            ? Math.trunc(x / y)
            : operator === '%'
              ? x % y
              : operator === '='
                ? a === b
                : operator === '<'
                  ? x < y
                  : operator === '>'
                    ? x > y
                    : a;
  const shown = typeof value === 'boolean' ? String(Number(value)) : String(value);
  stdout.write(`${shown}\n`);
  return shown === '0' || shown === '' ? 1 : 0;
}

/** Commands that say something about the container, or let time pass. */
export const SYSTEM_COMMANDS: Readonly<Record<string, Executable>> = Object.freeze({
  clear: ({ stdout }: Process) => {
    stdout.write('\x1b[H\x1b[J');
    return 0;
  },
  date: printing(date),
  df,
  echo,
  env,
  expr,
  false: () => 1,
  free,
  hostname: printing(hostname),
  id: printing(id),
  kill,
  nproc: printing(() => '4'),
  printenv,
  printf,
  ps,
  pwd: printing(({ cwd }) => cwd),
  sleep,
  timeout,
  true: () => 0,
  tty: printing(({ terminal }) => (terminal === undefined ? 'not a tty' : '/dev/pts/0')),
  uname: printing(uname),
  uptime: printing(
    ({ machine: { context } }) =>
      ` ${formatTime(context.clock.now()).slice(11, 19)} up 1 day,  0:00,  load average: 0.00, 0.00, 0.00`,
  ),
  which,
  whoami: printing(({ machine: { tools } }) => tools.user.name),
  xargs,
});
