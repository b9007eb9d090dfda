import { expect, test } from 'vitest';
import { gradeSimulated } from '../grading/grade-simulated.ts';
import { ExerciseLibrary } from '../grading/load-exercise.ts';
import { nodeCertificates } from '../host/certificates.ts';
import { configMap } from './testing/manifests.ts';

const EXERCISE = `apiVersion: sandbox.k8s-ingress.dev/v1
kind: Exercise
metadata: { name: given }
spec:
  scenario: scenario.yaml
  checks:
    - { id: class, points: 10, object: { select: { kind: IngressClass }, count: 1 } }
    - { id: notes, points: 10, object: { select: { kind: ConfigMap }, count: 2 } }
`;

const CLASS = `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: outer }
spec: { controller: example.com/outer }
`;

test('checks see what the scenario has brought, in a namespace or in none', { timeout: 60_000 }, async () => {
  const library = new ExerciseLibrary({
    exercise: { file: 'exercise.yaml', text: EXERCISE },
    scenario: [{ file: 'scenario.yaml', text: `${CLASS}---\n${configMap('given')}` }],
    start: [],
    solution: [],
    wrong: new Map(),
  });
  const files = [{ path: 'own.yaml', used: true, text: configMap('own') }];
  const machine = { certificates: nodeCertificates, wallNow: () => 0 };
  const { checks } = await gradeSimulated(library.forStudent('student'), { id: 'student', files }, machine);
  expect(checks.map(({ id, result, message }) => [id, result, message])).toEqual([
    ['class', 'pass', expect.any(String)],
    ['notes', 'pass', expect.any(String)],
  ]);
});
