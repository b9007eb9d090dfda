import type { RawSubmission } from '../../grader/intake/entry.ts';
import { takeIn } from '../../grader/intake/take-in.ts';
import { COMPARE_OPTIONS, comparePairs, type Featured } from '../../grader/similarity/compare.ts';
import { type Feature, featuresOf } from '../../grader/similarity/features.ts';
import { similarityReport } from '../../grader/similarity/report.ts';
import { readSubmitted } from '../../host/grader/read-submitted.ts';
import type { Task } from '../../host/grader/task.ts';
import { type PoolOptions, runPool } from '../../host/grader/worker-pool.ts';
import { isFailure } from '../../host/grader/worker-seat.ts';
import type { SourceFile } from '../../manifest/source-map.ts';
import type { Output } from '../command.ts';
import { writeWhole } from './outputs.ts';
import type { ReadyExercise } from './ready-exercise.ts';

/** What is compared, and where the report goes. */
export interface SimilarityOrder {
  readonly exercise: ReadyExercise;
  readonly tasks: readonly Task[];
  readonly path: string;
  /** Reads submissions: they are no safer to read for being graded. */
  readonly pool: PoolOptions;
}

/** Compares every two submissions and writes what they share, for a person to look at. */
export async function writeSimilarity({ exercise, tasks, path, pool }: SimilarityOrder, output: Output): Promise<void> {
  const all: Featured[] = [];
  const handedIn = tasks.filter((task) => task.path !== undefined);
  await runPool<readonly Feature[]>(handedIn, pool, async ({ id }, features) => {
    if (!isFailure(features)) all.push({ id, features });
  });
  all.sort((a, b) => (a.id < b.id ? -1 : 1));
  const { start, solution, scenario } = exercise.disk;
  const given = new Set([start, solution, scenario].flatMap((files) => givenBy(exercise, files)));
  const pairs = comparePairs(all, { ...COMPARE_OPTIONS, given });
  writeWhole(path, similarityReport(pairs, all.length));
  output.err(`${pairs.length} pairs of submissions share something of their own: ${path}`);
}

/** Lists what submissions say, one after the other. */
export function featureReader(exercise: ReadyExercise, part: string | undefined) {
  return async ({ id, path = '' }: Task): Promise<readonly Feature[]> =>
    featuresIn(exercise, await readSubmitted(id, path), part);
}

function featuresIn({ bringsController }: ReadyExercise, raw: RawSubmission, path: string | undefined): Feature[] {
  const { files, documents } = takeIn(raw, { bringsController, path });
  const read = files.flatMap(({ path: file, text }) => (text === undefined ? [] : [{ path: file, text }]));
  return featuresOf(read, documents);
}

/** What every variant of the author's own files says. */
function givenBy(exercise: ReadyExercise, files: readonly SourceFile[]): string[] {
  const { library } = exercise;
  const filled = library.filled(files, library.forStudent('').pack.variant);
  const entries = filled.map(({ file, text }) => ({ path: file, bytes: bytesOf(text) }));
  return featuresIn(exercise, { id: 'given', entries }, undefined).map(({ text }) => text);
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? new TextEncoder().encode(text) : text;
}
