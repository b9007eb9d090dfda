import { CONFIG_MAP, runVector as runController } from './ingress-controller/run.ts';
import { type Vector as ControllerVector, reasonsToSkip as controllerReasons } from './ingress-controller/vector.ts';
import { reasonsToSkip } from './ingress-nginx/fields.ts';
import { runVector } from './ingress-nginx/run.ts';
import type { Vector } from './ingress-nginx/vector.ts';
import type { StandParts } from './stand.ts';

/** One vector, ready to be run. */
export interface Case {
  readonly id: string;
  readonly area: string;
  /** Why it is not run; empty when it is. */
  readonly skipped: readonly string[];
  /**
   * Runs it in a cluster of its own.
   * @param instead fields of `expect` to be replaced, where a deviation says that something else comes
   * @returns what came that was not expected
   */
  run(parts: StandParts, instead?: Expectation): Promise<string[]>;
}

/** Fields of a vector's `expect`. */
export type Expectation = Readonly<Record<string, unknown>>;

/** The vectors of a file. */
export interface Suite {
  /** What is done for all of them and has to be said. */
  readonly notes: readonly string[];
  readonly cases: readonly Case[];
}

/** A file that holds no vectors that this can run; the message says what it holds instead. */
export class NoSuite extends Error {}

/**
 * Recognises a file of vectors by its shape.
 * @param value its JSON
 * @throws NoSuite
 */
export function readSuite(value: unknown): Suite {
  const vectors = Array.isArray(value) ? value : (value as { vectors?: unknown } | null)?.vectors;
  if (!Array.isArray(vectors)) throw new NoSuite('no list of vectors: expected one, or a mapping with "vectors"');
  if (vectors.length === 0) throw new NoSuite('the list of vectors is empty');
  const forms = vectors.map((vector) => (isMapping(vector) ? FORMS.find(({ fits }) => fits(vector)) : undefined));
  return {
    notes: [...new Set(forms.flatMap((form) => form?.notes ?? []))],
    cases: vectors.map((vector, index) => forms[index]?.toCase(vector as never) ?? unknownCase(vector, index)),
  };
}

/** A kind of vectors. */
interface Form {
  readonly notes: readonly string[];
  fits(vector: Readonly<Record<string, unknown>>): boolean;
  toCase(vector: never): Case;
}

const FORMS: readonly Form[] = Object.freeze([
  {
    notes: [],
    fits: ({ id, area, kind }) => isText(id) && isText(area) && isText(kind),
    toCase: (vector: Vector) => ({
      id: vector.id,
      area: vector.area,
      skipped: reasonsToSkip(vector),
      run: (parts: StandParts, instead: Expectation = {}) =>
        runVector({ ...vector, expect: { ...vector.expect, ...instead } }, parts),
    }),
  },
  {
    notes: Object.entries(CONFIG_MAP).map(
      ([key, value]) => `the controller's ConfigMap has ${key}: "${value}" for these vectors`,
    ),
    fits: ({ id, feature, manifests }) => isText(id) && isText(feature) && Array.isArray(manifests),
    toCase: (vector: ControllerVector) => ({
      id: vector.id,
      area: vector.feature,
      skipped: controllerReasons(vector),
      run: (parts: StandParts, instead: Expectation = {}) =>
        runController({ ...vector, expect: { ...vector.expect, ...instead } }, parts),
    }),
  },
]);

/** Vectors of other forms are counted and not run: what they expect is the affair of another command. */
function unknownCase(vector: unknown, index: number): Case {
  const { id, area, feature, test, kind } = isMapping(vector) ? vector : {};
  const text = [area, feature, test, kind].find(isText);
  return {
    id: isText(id) ? id : `vector ${index + 1}`,
    area: text ?? 'unknown',
    skipped: [
      'unknown form: only vectors of Ingress controllers are run here, not those of the Gateway API or the API server',
    ],
    run: async () => ['unknown form'],
  };
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
