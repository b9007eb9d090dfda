import type { Process } from '../process.ts';
import { textInput } from '../streams.ts';
import type { Run } from '../wait.ts';
import { parseOptions } from './options.ts';
import { readFiles } from './read-files.ts';
import { runOther } from './run-other.ts';

/** `xargs command`: one call with all words, or one for each with -n 1 and -I. */
export function* xargs(process: Process): Run {
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
