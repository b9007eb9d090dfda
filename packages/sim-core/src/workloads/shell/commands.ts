import { formatDate } from '../calendar.ts';
import type { ContainerContext } from '../program.ts';
import { Exit, type Run } from './interpreter.ts';
import { curl, nc, nslookup, wget } from './network-commands.ts';

/** Where a command's output goes: the container's log, unless it was redirected. */
export type Print = (line: string) => void;

/** A command of the simulated shell: its exit status, or a run that waits for something first. */
export type Command = (words: readonly string[], context: ContainerContext, print: Print) => number | Run;

const SECONDS: Readonly<Record<string, number>> = Object.freeze({ '': 1, s: 1, m: 60, h: 3600, d: 86_400 });

/** Commands that work on files, which there are none of: they succeed and do nothing. */
export const SILENT_COMMANDS: readonly string[] = Object.freeze([
  ...['set', 'export', 'unset', 'cd', 'shift', 'read', 'umask', 'ulimit', 'local', 'trap', 'wait', 'test', '[', '[['],
  ...['mkdir', 'rmdir', 'touch', 'rm', 'cp', 'mv', 'ln', 'ls', 'cat', 'tee', 'chmod', 'chown', 'sync'],
]);

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

function* wait(milliseconds: number): Run {
  yield { milliseconds };
  return 0;
}

function echo(words: readonly string[], _context: ContainerContext, print: Print): number {
  const first = words.findIndex((word) => !/^-[neE]+$/.test(word));
  const shown = first < 0 ? '' : words.slice(first).join(' ');
  for (const line of shown.replaceAll('\\n', '\n').replace(/\n$/, '').split('\n')) print(line);
  return 0;
}

function exit([status = '0']: readonly string[]): never {
  throw new Exit(Number(status) & 255);
}

function printing(lineOf: (context: ContainerContext) => string): Command {
  return (_words, context, print) => {
    print(lineOf(context));
    return 0;
  };
}

function env(names: readonly string[], context: ContainerContext, print: Print): number {
  let found = names.length === 0;
  for (const name in context.env) {
    if (names.length === 0) print(`${name}=${context.env[name]}`);
    if (!names.includes(name)) continue;
    print(context.env[name] as string);
    found = true;
  }
  return found ? 0 : 1;
}

/** Commands that do something. Whoever adds one adds a line here. */
export const COMMANDS: Readonly<Record<string, Command>> = Object.freeze({
  ':': () => 0,
  true: () => 0,
  false: () => 1,
  sleep: (words: readonly string[]) => wait(sleepTime(words)),
  tail: (words: readonly string[]) =>
    words.some((word) => /^-\w*[fF]$/.test(word)) ? wait(Number.POSITIVE_INFINITY) : 0,
  echo,
  printf: echo,
  exit,
  date: printing(({ clock }) => formatDate(clock.now())),
  hostname: printing(({ pod }) => pod.metadata.name),
  whoami: printing(() => 'root'),
  pwd: printing(() => '/'),
  env,
  printenv: env,
  wget,
  curl,
  nslookup,
  nc,
});
