import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { studentPart } from '../../grader/exercise/student-part.ts';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import type { Fields } from '../../manifest/document.ts';
import { encodeManifests } from '../../manifest/encode-manifests.ts';
import type { Output } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { type Flags, parseFlags } from '../flags.ts';
import { readyExercise } from '../grade/ready-exercise.ts';
import { SECRET_FILE } from './exercise-on-disk.ts';
import { findExercise } from './find-exercise.ts';

export const PACK_FLAGS = {
  student: { type: 'switch', help: 'without hidden checks, solution, wrong answers and the secret of the variants' },
  for: { type: 'text', value: 'STUDENT', help: "with this student's variant, and no other" },
  'secret-file': {
    type: 'text',
    value: 'FILE',
    help: 'what decides who gets which variant (default: secret.txt of the exercise)',
  },
  out: { type: 'text', value: 'DIR', help: 'folder that is made (default: <exercise>-student)' },
} as const satisfies Flags;

/**
 * `exercise pack --student`: what students may have of an exercise. The document is written anew, without its comments: they
 * are the author's.
 */
export function packCommand(argv: readonly string[], output: Output): number {
  const { flags, positionals } = parseFlags(PACK_FLAGS, argv);
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0)
    throw new CliError(EXIT.usage, 'exercise pack takes one exercise: exercise pack --student canary-weight');
  if (flags.student !== true)
    throw new CliError(EXIT.usage, 'exercise pack needs --student: the instructor has the whole folder already');
  const path = findExercise(name);
  const ready = readyExercise({ path, secret: flags['secret-file'] });
  const variant = flags.for === undefined ? undefined : ready.library.forStudent(flags.for).pack.variant;
  const { document, hidden } = studentPart(documentOf(ready.disk.exercise), variant);
  const to = flags.out ?? `${basename(resolve(path)).replace(/\.ya?ml$/, '')}-student`;
  if (existsSync(to))
    throw new CliError(EXIT.refused, `${to} is there already: name another folder with --out, or remove it`);
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, 'exercise.yaml'), encodeManifests([beside(document, ready.exercise.scenario)]));
  copyOpenFiles(ready.disk.folder, ready.exercise, to);
  output.out(`${to}: ${filesIn(to).join(', ')}`);
  for (const line of leaks(to, hidden)) output.err(`warning: ${line}`);
  return EXIT.ok;
}

function documentOf({ file, text }: { readonly file: string; readonly text: string | Uint8Array }): Fields {
  const found = decodeManifests(file, text).documents.find(({ value }) => value.kind === 'Exercise');
  if (found === undefined) throw new CliError(EXIT.refused, `${file}: no Exercise in it`);
  return found.value;
}

/** The scenario goes along, so it lies beside the document. */
function beside(document: Fields, scenario: string): Fields {
  return scenario === ''
    ? document
    : { ...document, spec: { ...(document['spec'] as Fields), scenario: basename(scenario) } };
}

/** Scenario, start and README: nothing else goes along, whatever lies in the folder. */
function copyOpenFiles(
  folder: string,
  { scenario, start }: { readonly scenario: string; readonly start: string },
  to: string,
): void {
  for (const name of [scenario, start, 'README.md']) {
    const from = resolve(folder, name);
    if (name === '' || !existsSync(from)) continue;
    cpSync(from, join(to, basename(name)), { recursive: true, filter: (path) => basename(path) !== SECRET_FILE });
  }
}

/** Words of hidden checks in files that go along as they are: the author has to decide. */
function leaks(folder: string, hidden: readonly string[]): string[] {
  return filesIn(folder).flatMap((file) => {
    const lines = readFileSync(join(folder, file), 'utf8').split('\n');
    return lines.flatMap((line, index) => {
      const word = hidden.find((each) => line.includes(each));
      return word === undefined ? [] : [`${join(folder, file)}:${index + 1} says "${word}", as a hidden check does`];
    });
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
