import { type Deviation, deviationOf } from './deviations.ts';
import type { StandParts } from './stand.ts';
import type { Case } from './suite.ts';

/** How a vector went. */
export interface Outcome {
  readonly id: string;
  readonly area: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  /** What came that was not expected, or why it was skipped. */
  readonly reasons: readonly string[];
  /** Set where it passed because what came is what a deviation says, not what the vector expects. */
  readonly deviation?: Deviation;
}

/**
 * Runs one vector. What stands among the deviations has to come exactly as it is written there, and a deviation that is none
 * any more fails: the list has to be true.
 */
export async function runCase(vector: Case, parts: StandParts, deviations: readonly Deviation[]): Promise<Outcome> {
  const { id, area, skipped } = vector;
  if (skipped.length > 0) return { id, area, result: 'skipped', reasons: skipped };
  const known = deviationOf(id, deviations);
  const reasons = await problemsOf(vector, parts, known?.instead);
  if (reasons.length > 0 || known === undefined)
    return { id, area, result: reasons.length > 0 ? 'failed' : 'passed', reasons };
  const really = await problemsOf(vector, parts);
  if (really.length > 0) return { id, area, result: 'passed', reasons: really, deviation: known.deviation };
  return { id, area, result: 'failed', reasons: [`deviation ${known.deviation.id} is none any more: strike it`] };
}

/** A vector that breaks something has failed; the others go on. */
async function problemsOf(
  vector: Case,
  parts: StandParts,
  instead?: Readonly<Record<string, unknown>>,
): Promise<string[]> {
  try {
    return await vector.run(parts, instead);
  } catch (error) {
    return [`could not be run: ${error instanceof Error ? error.message : String(error)}`];
  }
}
