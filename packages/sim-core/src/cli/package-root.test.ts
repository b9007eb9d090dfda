import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { nextScenario, packagedScenarios, packageRoot } from './package-root.ts';
import { scenarioTable } from './scenario-table.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

it('finds its own package', () => {
  expect(existsSync(join(packageRoot(), 'bin', 'k8s-ingress-sandbox.mjs'))).toBe(true);
});

it('lists every scenario with its sentence, in the order of the lesson', () => {
  const scenarios = packagedScenarios();
  const files = readdirSync(join(packageRoot(), 'scenarios')).filter((file) => file.endsWith('.yaml'));
  expect(scenarios.map(({ name }) => `${name}.yaml`).sort()).toEqual(files.sort());
  for (const { summary } of scenarios) expect(summary).toMatch(/^[A-Z].*[^.]$/);
  expect(scenarios.map(({ name }) => name).slice(0, 3)).toEqual(['service', 'loadbalancer', 'two-loadbalancers']);
});

it('puts scenarios that are not part of the lesson behind it, by name', () => {
  const { path } = temporaryFolder(
    Object.fromEntries(['b', 'canary', 'a', 'service'].map((name) => [`scenarios/${name}.yaml`, ''])),
  );
  expect(packagedScenarios(path).map(({ name }) => name)).toEqual(['service', 'canary', 'a', 'b']);
  expect(nextScenario('service', path)?.name).toBe('canary');
  expect(nextScenario('b', path)).toBeUndefined();
  expect(nextScenario('mine', path)).toBeUndefined();
});

it('writes them as a table', () => {
  const rows = [
    { name: 'a', file: '', summary: 'One' },
    { name: 'long', file: '', summary: 'Two' },
  ];
  expect(scenarioTable(rows)).toEqual(['  a     One', '  long  Two']);
  expect(scenarioTable([])).toEqual([]);
});
