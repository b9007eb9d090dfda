import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { forAudience } from '../../grader/emit/audience.ts';
import type { Audience } from '../../grader/emit/emitter.ts';
import type { RawSubmission } from '../../grader/intake/entry.ts';
import type { Intake } from '../../grader/intake/take-in.ts';
import { shareOf } from '../../grader/result.ts';
import { readSubmitted, readSubmittedBytes } from '../../host/grader/read-submitted.ts';
import { DEFAULT_LIMITS } from '../../manifest/document.ts';
import { decodeText } from '../../manifest/text.ts';
import type { Output } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { notFound } from '../find-input.ts';
import { singleContext } from './context.ts';
import { gradeOne } from './grade-submission.ts';
import { type Destination, writeAll } from './outputs.ts';
import type { ReadyExercise } from './ready-exercise.ts';

/** One submission to grade. */
export interface SingleOrder {
  readonly exercise: ReadyExercise;
  /** A path, or `-` for standard input. */
  readonly name: string;
  readonly part?: string | undefined;
  readonly student?: string | undefined;
  readonly audience: Audience;
  readonly destinations: readonly Destination[];
  /** Percent from which on it is passed. */
  readonly pass: number;
}

/** Grades one submission. @returns the exit code */
export async function gradeSingle(order: SingleOrder, output: Output): Promise<number> {
  const { exercise, name, part, audience } = order;
  const { graded, intake } = await gradeOne(exercise, await read(order), part);
  writeAll(
    order.destinations,
    () => [graded],
    singleContext(audience, name, prefixOf(name, intake), manifestsOf(intake)),
    output,
  );
  const seen = forAudience(graded, audience).result;
  return 100 * shareOf(seen) >= order.pass && seen.max > 0 ? EXIT.ok : EXIT.refused;
}

async function read({ name, student }: SingleOrder): Promise<RawSubmission> {
  if (name === '-') return readSubmittedBytes(student ?? 'standard input', 'submission.yaml', readFileSync(0));
  if (statSync(name, { throwIfNoEntry: false }) === undefined)
    throw new CliError(EXIT.refused, notFound(name, process.cwd()));
  return readSubmitted(student ?? nameOf(name), name);
}

/** What it is called where nobody says who handed it in. */
function nameOf(path: string): string {
  return basename(resolve(path)) || path;
}

/** Where the files of a submission lie, seen from here: what editors and code hosts can follow. */
function prefixOf(name: string, { folder }: Intake): string {
  const stats = statSync(name, { throwIfNoEntry: false });
  if (stats === undefined) return '';
  const from = relative(process.cwd(), stats.isDirectory() ? resolve(name) : dirname(resolve(name)));
  const prefix = join(from, folder).split(sep).join('/');
  return prefix === '' || prefix === '.' || (!stats.isDirectory() && folder !== '') ? '' : `${prefix}/`;
}

function manifestsOf({ files }: Intake): string {
  return files.flatMap(({ path, text }) => (text === undefined ? [] : [`# ${path}\n${textOf(text)}`])).join('\n---\n');
}

function textOf(text: string | Uint8Array): string {
  return decodeText(text, DEFAULT_LIMITS).text;
}
