import type { Executable } from '../process.ts';
import { filter } from './filter.ts';
import type { Options } from './options.ts';
import { regexOf } from './posix-regex.ts';

/** The fields that `awk '{print $1, $NF}'` prints; other programs print every line. */
export const awk: Executable = filter('Fv', printed, 1);

function printed(lines: string[], { value, rest }: Options): string[] {
  const [, pattern, list] =
    /^\s*(?:\/((?:[^/\\]|\\.)*)\/)?\s*(?:\{\s*print\s*([^}]*)\})?\s*$/.exec(rest[0] ?? '') ?? [];
  const regex = pattern === undefined ? undefined : regexOf(pattern, true, '');
  return lines.flatMap((line) => {
    if (regex?.test(line) === false) return [];
    const fields = value('F') === undefined ? line.trim().split(/\s+/) : line.split(value('F') as string);
    if (list === undefined || list.trim() === '') return [line];
    return [
      list
        .split(',')
        .map((item) => awkItem(item, line, fields))
        .join(' '),
    ];
  });
}

function awkItem(item: string, line: string, fields: readonly string[]): string {
  return item.replace(/"([^"]*)"|\$(\d+|NF)|\s+/g, (_, text?: string, field?: string) => {
    if (text !== undefined) return text;
    if (field === undefined) return '';
    return field === 'NF' ? (fields.at(-1) ?? '') : field === '0' ? line : (fields[Number(field) - 1] ?? '');
  });
}
