import type { Shell } from '../shell.ts';
import type { Streams } from '../streams.ts';

/** `export`, `readonly`, `local`: names, with values where they have some. */
export function declare(marks: boolean) {
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

/** `unset [-f] name …`. */
export function unset(args: readonly string[], shell: Shell): number {
  for (const name of args) {
    shell.variables.delete(name);
    shell.exported.delete(name);
    if (args[0] === '-f') shell.functions.delete(name);
  }
  return 0;
}
