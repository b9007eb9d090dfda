import { readYaml } from '../manifest/read-yaml.ts';
import { type Shape, strangeness } from './shape.ts';
import type { Expectation } from './suite.ts';

/** Something in which we differ knowingly from the real ingress-nginx, or the real ingress-nginx from a suite. */
export interface Deviation {
  /** Lower-case words with dashes; of one vector, that vector's id. */
  readonly id: string;
  readonly area: string;
  /** What we do, and what the original does. */
  readonly what: string;
  readonly why: string;
  /** Vectors that cannot pass because of it, each with what comes instead: fields of its `expect`. */
  readonly vectors?: Readonly<Record<string, Expectation>>;
}

const DEVIATIONS: Shape = {
  listOf: {
    fields: { id: 'text', area: 'text', what: 'text', why: 'text', vectors: { mapOf: { mapOf: 'anything' } } },
  },
};

/** Reads `conformance/deviations.yaml`. @throws Error that names what is wrong in it */
export function readDeviations(text: string): Deviation[] {
  const { value } = readYaml(text);
  const strange = strangeness(value, DEVIATIONS);
  if (strange.length > 0) throw new Error(`deviations.yaml: ${strange.join('; ')}`);
  const deviations = value as Deviation[];
  const bare = deviations.find(({ id, area, what, why }) => [id, area, what, why].some((field) => !field));
  if (bare !== undefined) throw new Error(`deviations.yaml: ${bare.id}: id, area, what and why have to be there`);
  return deviations;
}

/** The deviation that keeps a vector from passing, and what comes instead. */
export function deviationOf(
  vector: string,
  deviations: readonly Deviation[],
): { deviation: Deviation; instead: Expectation } | undefined {
  for (const deviation of deviations) {
    const instead = deviation.vectors?.[vector];
    if (instead !== undefined) return { deviation, instead };
  }
  return undefined;
}
