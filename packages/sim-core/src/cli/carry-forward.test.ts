import { describe, expect, test } from 'vitest';
import { gradeSimulated } from '../grading/grade-simulated.ts';
import { ExerciseLibrary } from '../grading/load-exercise.ts';
import { nodeCertificates } from '../host/certificates.ts';
import { exerciseBench } from './testing/exercise-bench.ts';
import { renamed } from './testing/rename.ts';

const { disk } = exerciseBench('canary-weight');

const DOCUMENT = `apiVersion: sandbox.k8s-ingress.dev/v1
kind: Exercise
metadata: { name: carried }
spec:
  scenario: scenario.yaml
  checks:
    - { id: canary, points: 10, uses: { canaryWeight: 5 }, carryForward: true }
    - { id: split, points: 30, requires: [canary], split: { percent: 5 } }
`;

const library = new ExerciseLibrary({ ...disk, exercise: { file: 'exercise.yaml', text: DOCUMENT } });

async function gradeFiles(files: typeof disk.solution) {
  const submitted = files.map(({ file, text }) => ({ path: file, used: true, text }));
  const machine = { certificates: nodeCertificates, wallNow: () => 0 };
  const { score, checks, remarks } = await gradeSimulated(
    library.forStudent('student'),
    { id: 'student', files: submitted },
    machine,
  );
  return { score, results: checks.map(({ id, result }) => `${id}: ${result}`), remarks };
}

describe('the reference solution stands in for what is broken', { timeout: 60_000 }, () => {
  test.each(['unquoted-weight', 'header-instead-of-weight', 'host-mismatch'])(
    '%s costs its own points only',
    async (name) => {
      const { score, results, remarks } = await gradeFiles(disk.wrong.get(name) ?? []);
      const isBroken = name !== 'host-mismatch';
      expect(results).toEqual(isBroken ? ['canary: not-yet', 'split: pass'] : ['canary: pass', 'split: not-yet']);
      expect(score).toBe(isBroken ? 30 : 10);
      expect(remarks.join()).toMatch(
        isBroken ? /Ingress default\/canary of the reference solution stands in .* 10 points/ : /^$/,
      );
    },
  );

  test('with the names, namespace and host that the student chose', async () => {
    const { results, remarks } = await gradeFiles(renamed(disk.wrong.get('header-instead-of-weight') ?? [], 5));
    expect(results).toEqual(['canary: not-yet', 'split: pass']);
    expect(remarks.join()).not.toContain('default/');
  });
});
