import { expect, test } from 'vitest';
import { Random } from '../sim/random.ts';
import { suspicion } from './testing/canary-oracle.ts';
import { exerciseBench } from './testing/exercise-bench.ts';
import { mutated } from './testing/mutate.ts';

/* A seeded slice; exercises.long.test.ts runs 50,000. */

test('mutated submissions: no crash, no hang, no pass for what does not route', { timeout: 120_000 }, async () => {
  const { disk, grade } = exerciseBench('canary-weight');
  const chance = new Random(11).fork('fuzz');
  for (let number = 0; number < 40; number++) {
    const files = mutated(disk.solution, chance);
    const result = await grade(`mutant ${number}`, files);
    expect(await suspicion(result, files), JSON.stringify(files)).toBeUndefined();
  }
});
