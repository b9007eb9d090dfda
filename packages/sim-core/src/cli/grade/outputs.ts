import { appendFileSync, closeSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EmitContext, Emitter, Graded } from '../../grader/emit/emitter.ts';
import { EMITTERS, emit } from '../../grader/emit/index.ts';
import { markdown } from '../../grader/emit/markdown.ts';
import type { Output } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';

/** A format, and where it goes; without a path it is printed. */
export interface Destination {
  readonly emitter: Emitter;
  readonly path?: string;
}

/** What the flags say about printing. */
export interface OutputChoice {
  readonly output?: string | undefined;
  readonly format?: string | undefined;
  readonly out?: string | undefined;
  /** By the name of the format, `--junit FILE`. */
  readonly files: Readonly<Record<string, unknown>>;
}

/** Where everything goes that was asked for: one format is printed, any number go into files; `-` prints there. */
export function destinations({ output, format, out, files }: OutputChoice): Destination[] {
  const named = EMITTERS.flatMap((emitter): Destination[] => {
    const path = files[emitter.name];
    return typeof path === 'string' ? [path === '-' ? { emitter } : { emitter, path }] : [];
  });
  const all =
    out === undefined ? [] : EMITTERS.map((emitter): Destination => ({ emitter, path: pathIn(out, emitter) }));
  const printed = named.filter(({ path }) => path === undefined);
  const wanted = format ?? output ?? 'human';
  if (printed.length > 1) throw new CliError(EXIT.usage, 'only one format can be printed: give the others a file');
  const first = printed[0] ?? { emitter: EMITTERS.find(({ name }) => name === wanted) ?? (EMITTERS[0] as Emitter) };
  return [...named.filter(({ path }) => path !== undefined), ...all, first];
}

/**
 * Writes every format. Files come into being whole or not at all.
 * @param graded - called once for each format: results are read as they are printed
 * @throws CliError refused when a file cannot be written
 */
export function writeAll(
  to: readonly Destination[],
  graded: () => Iterable<Graded>,
  context: EmitContext,
  output: Output,
): void {
  for (const { emitter, path } of to) {
    if (path === undefined) for (const piece of emit(emitter, graded(), context)) output.write(piece);
    else if (emitter.holds === 'one' && context.isClass) writeEach(emitter, path, graded(), context);
    else writeWhole(path, emit(emitter, graded(), context));
    if (emitter.name === 'github') summarize(graded(), context);
  }
}

function writeEach(emitter: Emitter, folder: string, graded: Iterable<Graded>, context: EmitContext): void {
  for (const each of graded) {
    writeWhole(join(folder, fileNameOf(each.result.submission.id, emitter.extension)), emit(emitter, [each], context));
  }
}

/** A file that comes into being whole or not at all. @throws CliError refused when it cannot be written */
export function writeWhole(path: string, pieces: Iterable<string>): void {
  orRefused(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const begun = `${path}.new`;
    const file = openSync(begun, 'w');
    try {
      let waiting = '';
      for (const piece of pieces) {
        waiting += piece;
        if (waiting.length > 65_536) waiting = flushed(file, waiting);
      }
      flushed(file, waiting);
    } finally {
      closeSync(file);
    }
    renameSync(begun, path);
  });
}

/** Unlike writeSync, writeFileSync goes on until everything is there, or says why not. */
function flushed(file: number, text: string): '' {
  writeFileSync(file, text);
  return '';
}

/** The page that GitHub shows of a step. */
function summarize(graded: Iterable<Graded>, context: EmitContext): void {
  const path = context.environment['GITHUB_STEP_SUMMARY'];
  if (path === undefined || path === '') return;
  orRefused(path, () => {
    for (const piece of emit(markdown, graded, context)) appendFileSync(path, piece);
  });
}

/** @throws CliError refused where the system does not let us write */
function orRefused(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CliError(EXIT.refused, `${path}: cannot be written: ${message}`);
  }
}

function pathIn(out: string, { name, extension, holds }: Emitter): string {
  return join(out, holds === 'one' ? name : `${name}${extension}`);
}

/** A student's id as the name of a file: what a file system may mind is written as `%xx`, so that no two are one. */
function fileNameOf(id: string, extension: string): string {
  const safe = id.replace(/[^\p{L}\p{N} ._@+=-]|^\.|[. ]$/gu, (character) =>
    encodeURIComponent(character).replace(/^[^%].*/, hex),
  );
  return `${safe === '' ? '_' : safe}${extension}`;
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
