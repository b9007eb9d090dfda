import type { Process } from '../process.ts';
import type { Run } from '../wait.ts';
import { parseOptions } from './options.ts';
import { readFiles } from './read-files.ts';

/** `tr [-ds] set [set]`. */
export function* tr(process: Process): Run {
  const { rest, has } = parseOptions(process.args);
  const { texts } = yield* readFiles(process, []);
  const [from, to] = rest.map(expandSet);
  const text = texts.map((each) => each.text).join('');
  const mapped = [...text].map((character) => {
    const at = (from ?? '').indexOf(character);
    if (at < 0) return character;
    return has('d') ? '' : (to?.[at] ?? to?.at(-1) ?? character);
  });
  process.stdout.write(has('s') ? mapped.filter((each, i) => each !== mapped[i - 1]).join('') : mapped.join(''));
  return 0;
}

function expandSet(set: string): string {
  const named = set
    .replace('[:upper:]', 'A-Z')
    .replace('[:lower:]', 'a-z')
    .replace('[:digit:]', '0-9')
    .replace('[:space:]', ' \t\n')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t');
  return named.replace(/([\s\S])-([\s\S])/g, (_, first: string, last: string) => {
    const [from, to] = [first.charCodeAt(0), last.charCodeAt(0)];
    return from <= to && to - from < 300
      ? String.fromCharCode(...Array.from({ length: to - from + 1 }, (__, i) => from + i))
      : '';
  });
}
