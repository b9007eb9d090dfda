import type { Shell } from '../shell.ts';
import { readLine, type Streams } from '../streams.ts';
import type { Run } from '../wait.ts';

/** `read [-p prompt] [name …]`: one line, its words by name. */
export function* read(args: readonly string[], shell: Shell, { stdin, stdout }: Streams): Run {
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
