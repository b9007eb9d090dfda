import { describe, expect, test } from 'vitest';
import { EXERCISES, exerciseBench } from './testing/exercise-bench.ts';
import { renamed } from './testing/rename.ts';

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

const ELSEWHERE = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: something-else }
spec:
  ingressClassName: nginx
  rules:
    - host: something-else.example.org
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: something-else, port: { number: 80 } } } }] }
`;

describe.each(EXERCISES)('%s', { timeout: 60_000 }, (name) => {
  const { disk, library, grade } = exerciseBench(name);

  test('can be read', () => {
    expect(library.problems).toEqual([]);
  });

  test('the solution gets everything, the start does not', async () => {
    const solution = await grade('solution', disk.solution);
    expect(solution.checks.filter(({ result }) => result !== 'pass')).toEqual([]);
    const start = await grade('start', disk.start);
    expect(start.score).toBeLessThan(start.max);
  });

  test.each([...disk.wrong.keys()])('the wrong answer %s fails on its own checks', async (wrong) => {
    const { score, ungraded, checks } = await grade(wrong, disk.wrong.get(wrong) ?? []);
    const expected = library.exercise?.wrong.find((each) => each.name === wrong);
    const failed = checks.filter(({ result }) => result === 'not-yet').map(({ id }) => id);
    expect({ score, ungraded, failed }).toEqual({ score: expected?.score, ungraded: 0, failed: expected?.fails });
  });

  test.skipIf(library.exercise?.bind === 'strict').each([1])(
    'the solution under other names, in another namespace, for another host gets everything (%i)',
    async (seed) => {
      const { checks } = await grade('renamed', renamed(disk.solution, seed));
      expect(checks.filter(({ result }) => result !== 'pass')).toEqual([]);
    },
  );

  test('the solution gets everything with more objects beside it', async () => {
    const { checks } = await grade('more', [...disk.solution, { file: 'more.yaml', text: MORE }]);
    expect(checks.filter(({ result }) => result !== 'pass')).toEqual([]);
  });

  test('an Ingress of something else, for another host, makes nothing ambiguous', async () => {
    const { checks } = await grade('elsewhere', [...disk.solution, { file: 'more.yaml', text: MORE + ELSEWHERE }]);
    // Where no ingress controller is asked for, an Ingress is nothing that the doctor likes.
    expect(checks.filter(({ id, result }) => result !== 'pass' && id !== 'valid')).toEqual([]);
    expect(checks.filter(({ result }) => result === 'could-not-check')).toEqual([]);
  });

  test('the same submission gets the same result, byte by byte', async () => {
    const [first, second] = [await grade('again', disk.solution), await grade('again', disk.solution)];
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });
});
