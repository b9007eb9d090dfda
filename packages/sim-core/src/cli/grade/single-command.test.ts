import { describe, expect, test } from 'vitest';
import { fakeOutput } from '../testing/fake-output.ts';
import { configMap } from '../testing/manifests.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { runGrade } from './run-grade.ts';

const EXERCISE = `apiVersion: sandbox.k8s-ingress.dev/v1
kind: Exercise
metadata: { name: notes }
spec:
  checks:
    - { id: notes, points: 10, object: { select: { kind: ConfigMap, name: notes } } }
    - { id: service, points: 10, object: { select: $service } }
`;

const SERVICE = (name: string) => `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { ports: [{ port: 80 }] }
`;

async function codeOf(answer: Readonly<Record<string, string>>, ...flags: string[]) {
  const { path, write } = temporaryFolder({ 'exercise.yaml': EXERCISE });
  for (const [name, text] of Object.entries(answer)) write(`in/${name}`, text);
  const output = fakeOutput();
  const code = await runGrade([path, `${path}/in`, '--no-batch', '--output', 'json', ...flags], output);
  const { score, max, ungraded } = JSON.parse(output.stdout) as Record<string, number>;
  return { code, score, max, ungraded };
}

/** Nobody can say which of the two is meant. */
const TWO = { 'a.yaml': SERVICE('a'), 'b.yaml': SERVICE('b') };

describe('the exit code of one submission', { timeout: 60_000 }, () => {
  test('tells whether it got what --pass asks for', async () => {
    const half = { 'notes.yaml': configMap('notes') };
    expect(await codeOf({ ...half, 'a.yaml': SERVICE('a') })).toEqual({ code: 0, score: 20, max: 20, ungraded: 0 });
    expect(await codeOf(half)).toEqual({ code: 1, score: 10, max: 20, ungraded: 0 });
    expect(await codeOf(half, '--pass', '50')).toMatchObject({ code: 0 });
  });

  test('leaves out of the total what nobody could check', async () => {
    const open = { ...TWO, 'notes.yaml': configMap('notes') };
    expect(await codeOf(open)).toEqual({ code: 0, score: 10, max: 10, ungraded: 10 });
    expect(await codeOf(TWO)).toEqual({ code: 1, score: 0, max: 10, ungraded: 10 });
  });

  test('is 1 where nothing could be checked', async () => {
    const { path, write } = temporaryFolder({ 'exercise.yaml': EXERCISE });
    const output = fakeOutput();
    expect(await runGrade([path, write('in.zip', 'PK\u0003\u0004 cut off'), '--output', 'json'], output)).toBe(1);
    expect(JSON.parse(output.stdout)).toMatchObject({ score: 0, max: 0, ungraded: 20 });
  });
});
