import { evaluate } from '../arithmetic.ts';
import type { Builtin } from '../builtin.ts';
import { cd } from './cd.ts';
import { runText, source } from './eval.ts';
import { exec, exit, jump } from './exit.ts';
import { declare, unset } from './export.ts';
import { read } from './read.ts';
import { set } from './set.ts';
import { trap } from './trap.ts';
import { locate } from './type.ts';
import { wait } from './wait.ts';

const done = (): number => 0;

/** What the shell does itself. Commands that are programs as well, such as echo, stand in `commands/`. */
export const BUILTINS: Readonly<Record<string, Builtin>> = Object.freeze<Record<string, Builtin>>({
  ':': done,
  '.': source,
  alias: done,
  bg: done,
  break: jump('break'),
  cd,
  command: (args, shell, streams, call) =>
    /^-[vV]$/.test(args[0] ?? '') ? locate(args[1] ?? '', BUILTINS, shell, streams, args[0] === '-V') : call(args),
  continue: jump('continue'),
  declare: declare(false),
  eval: (args, shell, streams) => runText(args.join(' '), shell, streams),
  exec,
  exit,
  export: declare(true),
  fg: done,
  hash: done,
  jobs: done,
  let: (args, shell) => Number(args.map((each) => evaluate(each, shell)).at(-1) === 0),
  local: declare(false),
  read,
  readonly: declare(false),
  return: jump('return'),
  set,
  shift: ([count = '1'], shell) => {
    shell.parameters = shell.parameters.slice(Number(count) || 1);
    return 0;
  },
  shopt: done,
  source,
  times: done,
  trap,
  type: (args, shell, streams) => locate(args[0] ?? '', BUILTINS, shell, streams, true),
  ulimit: done,
  umask: done,
  unalias: done,
  unset,
  wait,
});
