import { FileError } from '../../files/file-error.ts';
import { resolvePath } from '../../files/path.ts';
import type { Process } from '../process.ts';
import { readLine } from '../streams.ts';
import type { Run } from '../wait.ts';
import { type Options, parseOptions } from './options.ts';
import { regexOf } from './posix-regex.ts';
import { fileFailure, linesOf } from './read-files.ts';
import { isBusybox } from './userland.ts';

/** `grep [-Eivcqnolrh]`: the lines in which a pattern is found. */
export function* grep(process: Process): Run {
  const options = parseOptions(process.args, 'eABCm', { color: 'color', 'ignore-case': 'i', quiet: 'q' });
  const { has, values } = options;
  const [first, ...rest] = options.rest;
  const patterns = values('e').length > 0 ? values('e') : [first ?? ''];
  const files = values('e').length > 0 ? options.rest : rest;
  const isExtended = has('E') || has('P') || process.name.endsWith('egrep');
  const literal = has('F') || process.name.endsWith('fgrep');
  const regexes = patterns
    .flatMap((each) => each.split('\n'))
    .map((each) =>
      regexOf(
        literal ? each.replace(/[.*[\]^$\\]/g, '\\$&') : wordwise(each, has('w'), isExtended),
        isExtended,
        has('i') ? 'i' : '',
      ),
    );
  const matches = (line: string) => regexes.some((regex) => regex.test(line)) !== has('v');
  const search = {
    process,
    options,
    matches,
    only: (line: string) => regexes.map((regex) => regex.exec(line)?.[0] ?? '').find((each) => each !== ''),
  };
  if (files.length === 0) return (yield* searchInput(search)) > 0 ? 0 : 1;
  let found = 0;
  let status = 0;
  for (const file of files.flatMap((each) => (has('r') || has('R') ? inside(process, each) : [each]))) {
    try {
      const lines = linesOf(process.machine.files.read(resolvePath(process.cwd, file)));
      found += report(search, lines, files.length > 1 || has('r') || has('H') ? `${file}:` : '', file);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      status = 2;
      if (!has('s'))
        process.stderr.write(
          isBusybox(process) ? `grep: ${file}: ${error.message}\n` : fileFailure(process, file, error),
        );
    }
  }
  return status > 0 ? status : found > 0 ? 0 : 1;
}

interface Search {
  readonly process: Process;
  readonly options: Options;
  matches(line: string): boolean;
  only(line: string): string | undefined;
}

/** Prints as lines come: who is searched may never end. */
function* searchInput(search: Search): Run {
  const { process, options, matches } = search;
  let found = 0;
  for (let number = 1; ; number++) {
    const line = yield* readLine(process.stdin);
    if (line === undefined) break;
    if (!matches(line.replace(/\n$/, ''))) continue;
    found++;
    if (options.has('q')) return found;
    if (!options.has('c')) process.stdout.write(shown(search, line.replace(/\n$/, ''), number, ''));
    if (found >= Number(options.value('m') ?? Number.POSITIVE_INFINITY)) break;
  }
  if (options.has('c')) process.stdout.write(`${found}\n`);
  return found;
}

function report(search: Search, lines: readonly string[], prefix: string, file: string): number {
  const { process, options, matches } = search;
  const found = lines.map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => matches(line));
  if (options.has('q')) return found.length;
  if (options.has('l')) process.stdout.write(found.length > 0 ? `${file}\n` : '');
  else if (options.has('c')) process.stdout.write(`${prefix}${found.length}\n`);
  else
    for (const { line, number } of withContext(found, lines, options))
      process.stdout.write(shown(search, line, number, options.has('h') ? '' : prefix));
  return found.length;
}

function withContext(
  found: readonly { line: string; number: number }[],
  lines: readonly string[],
  { value }: Search['options'],
): { line: string; number: number }[] {
  const before = Number(value('B') ?? value('C') ?? 0);
  const after = Number(value('A') ?? value('C') ?? 0);
  if (before + after === 0) return [...found];
  const wanted = lines.map((line, index) => ({ line, number: index + 1 }));
  return wanted.filter(({ number }) =>
    found.some((each) => number >= each.number - before && number <= each.number + after),
  );
}

function shown({ options, only }: Search, line: string, number: number, prefix: string): string {
  return `${prefix}${options.has('n') ? `${number}:` : ''}${options.has('o') ? (only(line) ?? '') : line}\n`;
}

function wordwise(pattern: string, isWord: boolean, extended: boolean): string {
  return isWord ? (extended ? `\\b(${pattern})\\b` : `\\b${pattern}\\b`) : pattern;
}

function inside({ machine: { files }, cwd }: Process, root: string): string[] {
  const path = resolvePath(cwd, root);
  if (!files.isDirectory(path)) return [root];
  return files
    .list(path)
    .flatMap((name) => inside({ machine: { files }, cwd } as Process, `${root.replace(/\/$/, '')}/${name}`))
    .slice(0, 1000);
}
