import type { SourceFile } from '../../manifest/source-map.ts';
import type { RandomStream } from '../../sim/random.ts';

type Mutation = (text: string, chance: RandomStream) => string;

/** What happens to manifests on their way from somebody's head: lines lost, doubled, swapped, moved, values bent, text cut. */
const MUTATIONS: readonly Mutation[] = [
  (text, chance) => withoutLine(text, chance),
  (text, chance) => editLines(text, chance, (line) => `${line}\n${line}`),
  (text, chance) => editLines(text, chance, (line) => `  ${line}`),
  (text, chance) => editLines(text, chance, (line) => line.replace(/^ {1,2}/, '')),
  (text, chance) => editLines(text, chance, (line) => line.replace(/(: *)(.*)$/, `$1${pick(VALUES, chance)}`)),
  (text, chance) => editLines(text, chance, (line) => line.replace(/\d+/, String(chance.integer(0, 70_000)))),
  (text, chance) => editLines(text, chance, (line) => line.replace(/["']/g, '')),
  (text, chance) => editLines(text, chance, (line) => line.replace(/[a-z](?=[^a-z]*$)/, 'x')),
  (text, chance) => text.slice(0, chance.integer(0, text.length)),
  (text, chance) => insert(text, chance, pick(NOISE, chance)),
  (text, chance) => insert(text, chance, String.fromCharCode(chance.integer(32, 126))),
  (text, chance) => withMovedLines(text, chance),
  (text, chance) =>
    text
      .split(/^---\n/m)
      .reverse()
      .join('---\n') + (chance.next() < 0.5 ? '' : '\n---\n'),
];

const VALUES = [
  '',
  '0',
  '-1',
  '5',
  '50',
  '1000',
  'true',
  '"true"',
  'null',
  '[]',
  '{}',
  '"*"',
  '/',
  'nginx',
  '99999',
  '99999999999',
  '1e9',
  '~',
  'Exact',
  '/x(',
  '..',
  '&a [*a]',
  '!!binary x',
  'a'.repeat(300),
];
const NOISE = [
  '\t',
  '\u00a0',
  '\0',
  '---\n',
  '&a ',
  '*a',
  '<<: *a\n',
  '{',
  '}',
  '"',
  '|',
  '!!binary ',
  '\ufeff',
  '? ',
  '%',
];

/** A submission after one to four accidents. */
export function mutated(files: readonly SourceFile[], chance: RandomStream): SourceFile[] {
  const all = files.map(({ file, text }) => ({ file, text: String(text) }));
  for (let times = chance.integer(1, 4); times > 0; times--) {
    const victim = all[chance.integer(0, all.length - 1)];
    if (victim !== undefined) victim.text = pick(MUTATIONS, chance)(victim.text, chance);
  }
  return all;
}

function pick<T>(list: readonly T[], chance: RandomStream): T {
  return list[chance.integer(0, list.length - 1)] as T;
}

function withoutLine(text: string, chance: RandomStream): string {
  const lines = text.split('\n');
  lines.splice(chance.integer(0, lines.length - 1), 1);
  return lines.join('\n');
}

function withMovedLines(text: string, chance: RandomStream): string {
  const lines = text.split('\n');
  const moved = lines.splice(chance.integer(0, lines.length - 1), chance.integer(1, 4));
  lines.splice(chance.integer(0, lines.length), 0, ...moved);
  return lines.join('\n');
}

function editLines(text: string, chance: RandomStream, edit: (line: string) => string): string {
  const lines = text.split('\n');
  const at = chance.integer(0, lines.length - 1);
  lines[at] = edit(lines[at] ?? '');
  return lines.join('\n');
}

function insert(text: string, chance: RandomStream, noise: string): string {
  const at = chance.integer(0, text.length);
  return text.slice(0, at) + noise + text.slice(at);
}
