import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gradeSimulated } from '../grading/grade-simulated.ts';
import { ExerciseLibrary } from '../grading/load-exercise.ts';
import { nodeCertificates } from '../host/certificates.ts';
import { readExercise } from '../host/grader/read-exercise.ts';
import type { SourceFile } from '../manifest/source-map.ts';
import { packageRoot } from './package-root.ts';
import { renamed } from './testing/renamed.ts';

const scenarios = join(packageRoot(), 'scenarios');
const exercises = readdirSync(scenarios).filter((name) => existsSync(join(scenarios, name, 'exercise.yaml')));

/** When certificates of solutions hold, also those that are made here. */
const IN_TIME = Date.now();

/** What students hand in beside what was asked of them. */
const MORE = `
apiVersion: v1
kind: ConfigMap
metadata: { name: notes }
data: { todo: nothing }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: something-else }
spec:
  selector: { matchLabels: { app: something-else } }
  template:
    metadata: { labels: { app: something-else } }
    spec: { containers: [{ name: web, image: "nginx:1.27" }] }
---
apiVersion: v1
kind: Service
metadata: { name: something-else }
spec: { selector: { app: something-else }, ports: [{ port: 80 }] }
`;

describe.each(exercises)('the solution of %s', (name) => {
  const disk = readExercise(join(scenarios, name));
  const library = new ExerciseLibrary(disk);
  const { variant } = library.forStudent('').pack;
  const solution = library.filled(disk.solution, variant);
  const notPassed = async (files: readonly SourceFile[]) => {
    const used = files.map(({ file, text }) => ({ path: file, used: true, text }));
    const machine = { certificates: nodeCertificates, wallNow: () => IN_TIME };
    const { checks } = await gradeSimulated(library, { id: 'solution', files: used }, machine);
    return checks.filter(({ result }) => result !== 'pass');
  };

  test('gets everything under any other names, namespace and host', async () => {
    expect(await notPassed(renamed(solution, name))).toEqual([]);
  });

  test('gets everything with more objects beside it', async () => {
    expect(await notPassed([...solution, { file: 'more.yaml', text: MORE }])).toEqual([]);
  });
});
