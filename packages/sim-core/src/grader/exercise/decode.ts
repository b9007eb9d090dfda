import { decodeManifests } from '../../manifest/decode-manifests.ts';
import type { ManifestDocument } from '../../manifest/document.ts';
import { parseFieldPath } from '../../manifest/field-path.ts';
import { nearest } from '../../manifest/nearest.ts';
import type { ManifestProblem } from '../../manifest/problem.ts';
import { createSourceMap } from '../../manifest/source-map.ts';
import { type FieldProblem, Reader } from '../../scenario/reader.ts';
import { SANDBOX_API_VERSION } from '../../scenario/settings.ts';
import type { Exercise } from './document.ts';
import { readExercise } from './read-exercise.ts';
import { fillValue, firstVariant, type Variant } from './variants.ts';

/** Something that is wrong with an exercise, at its place. */
export type ExerciseProblem = Omit<ManifestProblem, 'reason'> & { readonly reason: string };

/** An exercise, and everything that is wrong with it; undefined where there is none. */
export interface DecodedExercise {
  readonly exercise: Exercise | undefined;
  readonly problems: readonly ExerciseProblem[];
}

/**
 * Reads the text of an exercise. Pure; never throws; every mistake has its line.
 * @param variantOf chooses what stands for `$name` in it; the first of each without it
 */
export function decodeExercise(
  file: string,
  text: string | Uint8Array,
  variantOf: (variants: Exercise['variants']) => Variant = firstVariant,
): DecodedExercise {
  const decoded = decodeManifests(file, text);
  const documents = decoded.documents.filter(({ value }) => value.apiVersion === SANDBOX_API_VERSION);
  const [document, ...more] = documents.filter(({ value }) => value.kind === 'Exercise');
  const problems: ExerciseProblem[] = [
    ...decoded.problems,
    ...(document === undefined && decoded.problems.length === 0 ? [noExercise(file, decoded.documents)] : []),
    ...more.map(secondExercise),
  ];
  if (document === undefined) return { exercise: undefined, problems };
  const raw = readVariantsOf(document);
  const read = readExercise(fillValue(document.value, variantOf(raw)));
  const sources = createSourceMap([{ file, text }]);
  const place = ({ field, message }: FieldProblem): ExerciseProblem => {
    const position = sources.locateKey(document, parseFieldPath(field));
    const at = position === undefined ? {} : { line: position.line, column: position.column };
    return { severity: 'error', reason: 'Exercise', message: `Exercise ${field}: ${message}`, file, ...at };
  };
  return { exercise: { ...read.exercise, variants: raw }, problems: [...problems, ...read.problems.map(place)] };
}

/** The lists as they stand: what is wrong with them is told when everything is read. */
function readVariantsOf({ value }: ManifestDocument): Exercise['variants'] {
  const reader = new Reader(value, '', []).object('spec').object('variants');
  const lists = reader.fields.map((name) => [name, reader.anything(name)] as const);
  return Object.fromEntries(lists.filter(([, list]) => Array.isArray(list) && list.length > 0)) as Exercise['variants'];
}

function noExercise(file: string, documents: readonly ManifestDocument[]): ExerciseProblem {
  const kinds = documents.map(({ value }) => `${value.apiVersion} ${value.kind}`);
  const meant = nearest(`${SANDBOX_API_VERSION} Exercise`, kinds);
  const hint = meant === undefined ? '' : `; ${meant} comes near`;
  return {
    severity: 'error',
    reason: 'NoExercise',
    message: `no document of kind Exercise in ${SANDBOX_API_VERSION}${hint}`,
    file,
  };
}

function secondExercise({ file, line }: ManifestDocument): ExerciseProblem {
  return { severity: 'error', reason: 'SecondExercise', message: 'a second Exercise; a file holds one', file, line };
}
