import { Random } from '../../../sim/random.ts';
import { SequentialSplitTest } from '../sequential-test.ts';

/** So many gradings of a canary with a weight, where a percentage is wanted. */
export interface Gradings {
  /** Of 100. */
  readonly weight: number;
  readonly percent: number;
  readonly gradings: number;
  readonly seed: number;
}

const ERROR_ODDS = 1e-6;
const DRAWS = 12_000;

/** How many of them call the split wrong, by draws as the controller makes them. */
export function caughtOf({ weight, percent, gradings, seed }: Gradings): number {
  const chance = new Random(seed).fork(`weight ${weight}`);
  let caught = 0;
  for (let grading = 0; grading < gradings; grading++) {
    const test = new SequentialSplitTest(percent / 100, ERROR_ODDS);
    while (test.draws < DRAWS && !test.isRuledOut) test.add(chance.integer(1, 100) <= weight);
    if (test.isRuledOut) caught++;
  }
  return caught;
}
