import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT, Workspace } from '../../support/workspace.ts';

/*
 * The shipped exercises through both transports: in the simulated cluster in virtual time, and over the wire against the API of
 * a running sandbox, which stands for a real cluster here.
 */

const folder = join(PROJECT, 'scenarios');
/**
 * Exercises that begin without an ingress controller have no place in a cluster that has one; those that say what images do
 * need a cluster where they do it.
 */
const exercises = readdirSync(folder).filter((name) => {
  const scenario = join(folder, name, 'scenario.yaml');
  if (!existsSync(scenario)) return false;
  const text = readFileSync(scenario, 'utf8');
  return /addons: *\[ *ingress-nginx/.test(text) && !/^ +images:/m.test(text);
});
const place = new Workspace();
let cluster: string[] = [];

beforeAll(async () => {
  place.write('controller.yaml', CONTROLLER);
  const sandbox = place.start('controller.yaml', '--output', 'json');
  const { http, https, kubeconfig } = await sandbox.event('ready');
  await sandbox.event('settled');
  cluster = ['--cluster', String(kubeconfig), '--address', String(http), '--address', String(https)];
});
afterAll(() => place.clear());

/** A cluster that somebody has put an ingress controller into. */
const CONTROLLER = `apiVersion: sandbox.k8s-ingress.dev/v1
kind: Scenario
metadata: { name: controller }
spec: { addons: [ingress-nginx], cloud: { delay: 0s } }
`;

interface Graded {
  readonly cluster: string;
  readonly checks: readonly { readonly id: string; readonly result: string }[];
}

async function outcomes(exercise: string, answer: string, flags: readonly string[]) {
  const path = join(folder, exercise, answer);
  const { stdout } = await place.cli('grade', exercise, path, '--audience', 'instructor', '--output', 'json', ...flags);
  const { cluster: where, checks } = JSON.parse(stdout) as Graded;
  return { where, checks: checks.map(({ id, result }) => `${id}: ${result}`) };
}

describe.each(exercises)('%s', (exercise) => {
  const wrong = existsSync(join(folder, exercise, 'wrong')) ? readdirSync(join(folder, exercise, 'wrong')).sort() : [];
  const answers = ['solution', ...wrong.slice(0, 1).map((name) => `wrong/${name}`)];

  test.each(answers)('%s gets the same over the wire', { timeout: 120_000 }, async (answer) => {
    const here = await outcomes(exercise, answer, []);
    const there = await outcomes(exercise, answer, cluster);
    expect([here.where, there.where]).toEqual(['simulated', expect.stringMatching(/^https:/)]);
    expect(there.checks).toEqual(here.checks);
  });
});
