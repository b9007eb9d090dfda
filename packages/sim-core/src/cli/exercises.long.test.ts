import { describe, expect, test } from 'vitest';
import { Random } from '../sim/random.ts';
import { suspicion } from './testing/canary-oracle.ts';
import { EXERCISES, exerciseBench } from './testing/exercise-bench.ts';
import { mutated } from './testing/mutate.ts';
import { renamed } from './testing/rename.ts';

const HOURS = 3_600_000;

describe.each(EXERCISES)('%s', { timeout: 2 * HOURS }, (name) => {
  const { disk, library, grade } = exerciseBench(name);

  test('1,000 repeats are the same, byte by byte', async () => {
    const first = JSON.stringify(await grade('again', disk.solution));
    for (let repeat = 1; repeat < 1000; repeat++)
      expect(JSON.stringify(await grade('again', disk.solution))).toBe(first);
  });

  test.skipIf(library.exercise?.bind === 'strict')(
    '200 times under other names the solution gets everything',
    async () => {
      for (let seed = 0; seed < 200; seed++) {
        const { checks } = await grade('renamed', renamed(disk.solution, seed));
        expect(checks.filter(({ result }) => result !== 'pass')).toEqual([]);
      }
    },
  );
});

test('50,000 mutants: no crash, no hang, no pass for what does not route', { timeout: 6 * HOURS }, async () => {
  const { disk, grade } = exerciseBench('canary-weight');
  const chance = new Random(12).fork('fuzz');
  for (let number = 0; number < 50_000; number++) {
    const files = mutated(disk.solution, chance);
    const result = await grade(`mutant ${number}`, files);
    expect(await suspicion(result, files), JSON.stringify(files)).toBeUndefined();
  }
});
