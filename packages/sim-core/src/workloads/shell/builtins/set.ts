import type { Shell } from '../shell.ts';
import type { Streams } from '../streams.ts';

/** `set [-euxo option] [--] [parameter …]`. */
export function set(args: readonly string[], shell: Shell, { stdout }: Streams): number {
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
