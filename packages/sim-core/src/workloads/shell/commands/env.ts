import type { Process } from '../process.ts';
import type { Run } from '../wait.ts';
import { runOther } from './run-other.ts';
import { isBusybox } from './userland.ts';

/** `env`, and `env NAME=value command …`. */
export function env(process: Process): number | Run {
  const { args, stdout } = process;
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
    isBusybox(process) ? "can't execute " : '',
  );
}

/** `printenv [NAME …]`. */
export function printenv({ args, env: variables, stdout }: Process): number {
  if (args.length === 0) for (const [name, value] of variables) stdout.write(`${name}=${value}\n`);
  for (const name of args) if (variables.has(name)) stdout.write(`${variables.get(name)}\n`);
  return args.every((name) => variables.has(name)) ? 0 : 1;
}
