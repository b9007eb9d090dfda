import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { jsonSchemas } from '../grader/schemas.ts';
import { readYaml } from '../manifest/read-yaml.ts';
import { packageRoot } from './package-root.ts';
import { EXERCISES, exerciseBench } from './testing/exercise-bench.ts';

const root = packageRoot();
const ajv = new Ajv2020({ strict: false });
const schemas = jsonSchemas();
const validate = (name: string, value: unknown) => {
  const check = ajv.compile(schemas[`${name}.schema.json`] ?? false);
  return check(value) ? [] : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
const yaml = (path: string) => readYaml(readFileSync(path, 'utf8').split(/^---$/m)[0] ?? '').value;

test.each(Object.keys(schemas))(
  '%s is shipped as it is generated (node scripts/ts.mjs scripts/generate-json-schemas.ts)',
  (file) => {
    expect(JSON.parse(readFileSync(join(root, 'schemas', file), 'utf8'))).toEqual(schemas[file]);
  },
);

describe.each(EXERCISES)('%s', { timeout: 60_000 }, (name) => {
  const folder = join(root, 'scenarios', name);
  test('its documents and a result of it fit', async () => {
    expect(validate('exercise', yaml(join(folder, 'exercise.yaml')))).toEqual([]);
    const scenario = join(folder, 'scenario.yaml');
    if (existsSync(scenario)) expect(validate('scenario', yaml(scenario))).toEqual([]);
    const { disk, grade } = exerciseBench(name);
    expect(validate('grade-result', await grade('start', disk.start))).toEqual([]);
  });
});

test.each(readdirSync(join(root, 'scenarios')).filter((file) => file.endsWith('.yaml')))('%s fits', (file) => {
  const value = yaml(join(root, 'scenarios', file));
  if ((value as { kind?: string }).kind === 'Scenario') expect(validate('scenario', value)).toEqual([]);
});

test('a misspelt field does not fit, nor a check of two kinds', () => {
  const exercise = (check: object) => ({
    apiVersion: 'sandbox.k8s-ingress.dev/v1',
    kind: 'Exercise',
    metadata: { name: 'a' },
    spec: { checks: [{ id: 'a', points: 1, ...check }] },
  });
  expect(validate('exercise', exercise({ split: { percent: 5 } }))).toEqual([]);
  expect(validate('exercise', exercise({ split: { percent: 5, draw: 9 } }))).not.toEqual([]);
  expect(validate('exercise', exercise({ split: { percent: 5 }, tls: {} }))).not.toEqual([]);
  expect(
    validate('scenario', { apiVersion: 'sandbox.k8s-ingress.dev/v1', kind: 'Scenario', spec: { sede: 1 } }),
  ).not.toEqual([]);
});
