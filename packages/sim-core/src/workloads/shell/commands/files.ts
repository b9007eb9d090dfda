import { FileError } from '../../files/file-error.ts';
import { baseName, directoryOf, resolvePath } from '../../files/path.ts';
import { matchesGlob } from '../glob.ts';
import type { Executable, Process } from '../process.ts';
import { answerOf, type Run } from '../wait.ts';
import { parseOptions } from './options.ts';
import { fileFailure, readFiles } from './read-files.ts';

const MOST_FOUND = 10_000;

function* cat(process: Process): Run {
  const { rest } = parseOptions(process.args);
  let status = 0;
  for (const file of rest.length === 0 ? ['-'] : rest) {
    if (file === '-') yield* copyInput(process);
    else {
      const { texts, failed } = yield* readFiles(process, [file]);
      for (const { text } of texts) process.stdout.write(text);
      if (failed) status = 1;
    }
  }
  return status;
}

/** Passes on what comes as it comes: somebody may sit at the other end. */
function* copyInput({ stdin, stdout }: Process): Run {
  for (;;) {
    const text = yield* answerOf<string | undefined>((done) => stdin.read(done));
    if (text === undefined) return 0;
    stdout.write(text);
  }
}

function* tee(process: Process): Run {
  const { rest, has } = parseOptions(process.args);
  for (const file of has('a') ? [] : rest) store(process, file, '', false);
  for (;;) {
    const text = yield* answerOf<string | undefined>((done) => process.stdin.read(done));
    if (text === undefined) return 0;
    process.stdout.write(text);
    for (const file of rest) store(process, file, text, true);
  }
}

function store(process: Process, file: string, text: string, append: boolean): void {
  const path = resolvePath(process.cwd, file);
  if (path !== '/dev/null') attempt(process, file, 'create', () => process.machine.files.write(path, text, append));
}

/** Does something to a file; 1 where it fails, which is said. */
function attempt(process: Process, file: string, doing: string, act: () => void): number {
  try {
    act();
    return 0;
  } catch (error) {
    process.stderr.write(fileFailure(process, file, error, doing));
    return 1;
  }
}

function eachFile(
  doing: string,
  act: (process: Process, path: string, has: (letter: string) => boolean) => void,
): Executable {
  return (process) => {
    const { rest, has } = parseOptions(process.args, process.name.endsWith('mkdir') ? 'm' : '');
    const results = rest.map((file) =>
      attempt(process, file, doing, () => act(process, resolvePath(process.cwd, file), has)),
    );
    return Math.max(0, ...results);
  };
}

function makeDirectory({ machine: { files } }: Process, path: string, has: (letter: string) => boolean): void {
  if (!has('p')) return files.makeDirectory(path);
  const parents: string[] = [];
  for (let at = path; at !== '/'; at = directoryOf(at)) parents.unshift(at);
  for (const parent of parents) if (!files.isDirectory(parent)) files.makeDirectory(parent);
}

function remove({ machine: { files } }: Process, path: string, has: (letter: string) => boolean): void {
  const entry = files.stat(path);
  if (entry === undefined && has('f')) return;
  if (entry?.kind === 'directory') {
    if (!has('r') && !has('R')) throw new FileError('EISDIR');
    for (const inside of tree(files, path).reverse()) files.remove(inside);
    return;
  }
  files.remove(path);
}

function tree(files: Process['machine']['files'], path: string): string[] {
  const found = [path];
  for (let index = 0; index < found.length && found.length < MOST_FOUND; index++) {
    const at = found[index] as string;
    if (files.isDirectory(at)) found.push(...files.list(at).map((name) => (at === '/' ? `/${name}` : `${at}/${name}`)));
  }
  return found;
}

function copy(moves: boolean): Executable {
  return (process) => {
    const { files } = process.machine;
    const { rest } = parseOptions(process.args);
    const target = resolvePath(process.cwd, rest.at(-1) ?? '');
    const results = rest.slice(0, -1).map((file) => {
      const from = resolvePath(process.cwd, file);
      const to = files.isDirectory(target) ? resolvePath(target, baseName(from)) : target;
      return attempt(process, file, moves ? 'rename' : 'stat', () => copyTree(files, from, to, moves));
    });
    return Math.max(0, ...results);
  };
}

function copyTree(files: Process['machine']['files'], from: string, to: string, moves: boolean): void {
  if (files.stat(from) === undefined) throw new FileError('ENOENT');
  const all = tree(files, from);
  for (const path of all) {
    const place = to + path.slice(from.length);
    if (!files.isDirectory(path)) files.write(place, files.read(path));
    else if (!files.isDirectory(place)) files.makeDirectory(place);
  }
  if (moves) for (const path of all.reverse()) files.remove(path);
}

function touch({ machine: { files } }: Process, path: string): void {
  if (!files.isDirectory(path)) files.write(path, '', true);
}

function find(process: Process): number {
  const { files } = process.machine;
  const { args } = process;
  const first = args.findIndex((arg) => arg.startsWith('-'));
  const roots = args.slice(0, first < 0 ? undefined : first);
  const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const name = option('-name');
  const kind = option('-type');
  for (const root of roots.length === 0 ? ['.'] : roots) {
    const path = resolvePath(process.cwd, root);
    if (files.stat(path) === undefined) process.stderr.write(`find: ${root}: No such file or directory\n`);
    for (const found of files.stat(path) === undefined ? [] : tree(files, path)) {
      if (name !== undefined && !matchesGlob(name, baseName(found))) continue;
      if (kind !== undefined && (kind === 'd') !== files.isDirectory(found)) continue;
      process.stdout.write(`${root}${found.slice(path === '/' ? 0 : path.length)}\n`);
    }
  }
  return 0;
}

/** Commands that work on files. */
export const FILE_COMMANDS: Readonly<Record<string, Executable>> = Object.freeze({
  cat,
  chmod: () => 0,
  chown: () => 0,
  cp: copy(false),
  find,
  ln: () => 0,
  mkdir: eachFile('create directory', makeDirectory),
  mktemp: (process: Process) => {
    const path = `/tmp/tmp.${String(process.machine.context.chance.next()).slice(2, 8).padEnd(6, 'x')}`;
    process.machine.files.write(path, '');
    process.stdout.write(`${path}\n`);
    return 0;
  },
  mv: copy(true),
  rm: eachFile('remove', remove),
  rmdir: eachFile('remove', ({ machine }, path) => machine.files.remove(path)),
  sync: () => 0,
  tee,
  touch: eachFile('touch', touch),
  basename: ({ args, stdout }: Process) => {
    const name = baseName((args[0] ?? '').replace(/\/+$/, ''));
    stdout.write(`${args[1] !== undefined && name.endsWith(args[1]) ? name.slice(0, -args[1].length) : name}\n`);
    return 0;
  },
  dirname: ({ args, stdout }: Process) => {
    stdout.write(`${args[0]?.includes('/') === true ? directoryOf(args[0]) : '.'}\n`);
    return 0;
  },
  realpath: ({ args, stdout, cwd }: Process) => {
    stdout.write(`${resolvePath(cwd, args.at(-1) ?? '')}\n`);
    return 0;
  },
  readlink: ({ args, stdout, cwd }: Process) => {
    if (args[0]?.startsWith('-') !== true) return 1;
    stdout.write(`${resolvePath(cwd, args.at(-1) ?? '')}\n`);
    return 0;
  },
});
