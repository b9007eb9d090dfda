import { expect, it } from 'vitest';
import type { ApplyOutcome } from '../../index.ts';
import { countOf, describeOutcomes } from './applied-lines.ts';

function outcome(kind: string, name: string, action?: ApplyOutcome['action'], more: Partial<ApplyOutcome> = {}) {
  const named = { file: 'a.yaml', line: 1, apiVersion: 'v1', kind, namespace: 'default', name };
  return { ...named, ...(action === undefined ? {} : { action }), problems: [], warnings: [], ...more };
}

const describe = (outcomes: ApplyOutcome[], rows = 1) => describeOutcomes(outcomes, 'addon', rows);

it('names objects where they fit, and only counts what did not change', () => {
  expect(
    describe([
      outcome('Service', 'web', 'unchanged'),
      outcome('Ingress', 'canary', 'configured'),
      outcome('Deployment', 'web', 'created'),
      outcome('Pod', 'refused'),
    ]),
  ).toEqual(['created: deployment/web', 'configured: ingress/canary', 'unchanged: 1']);
  expect(describe([outcome('Service', 'web', 'unchanged')])).toEqual(['unchanged: 1 object']);
  expect(describe([])).toEqual([]);
});

it('counts kinds where names need more rows than there are', () => {
  const many = ['one', 'two', 'three', 'four', 'five', 'six'].flatMap((name) => [
    outcome('Deployment', name, 'created'),
    outcome('Ingress', name, 'created'),
  ]);
  expect(describe(many)).toEqual(['created: 6 Deployments, 6 Ingresses']);
  const rows = describe(many, 6);
  expect(rows[0]).toMatch(/^created: deployment\/one, ingress\/one, /);
  expect(rows[1]).toMatch(/^ {2}\S/);
  for (const row of rows) expect(row.length).toBeLessThanOrEqual(80);
});

it('counts only objects where even the kinds are too many', () => {
  const kinds = Array.from({ length: 12 }, (_, at) => outcome(`SomeVeryLongKind${at}`, 'x', 'created'));
  expect(describe(kinds)).toEqual(['created: 12 objects']);
});

it('tells the add-on in one line', () => {
  const addon = [
    outcome('Service', 'c', 'created', { file: 'addon' }),
    outcome('Role', 'c', 'created', { file: 'addon' }),
  ];
  expect(describe(addon)).toEqual(['add-on ingress-nginx: 2 objects']);
});

it('says of the first few that they came too early', () => {
  const early = (name: string) =>
    outcome('Ingress', name, 'created', { retriedAfter: 'namespaces "team" not found\nmore' });
  expect(describe([early('a')])[1]).toBe(
    '  Ingress a came too early and was applied after the rest; a real cluster says: namespaces "team" not found',
  );
  expect(describe(['a', 'b', 'c', 'd', 'e'].map(early)).at(-1)).toBe('  and 2 more came too early');
});

it('writes plurals', () => {
  expect([
    countOf(1, 'Ingress'),
    countOf(2, 'Ingress'),
    countOf(2, 'NetworkPolicy'),
    countOf(2, 'Endpoints'),
    countOf(2, 'Service'),
  ]).toEqual(['1 Ingress', '2 Ingresses', '2 NetworkPolicies', '2 Endpoints', '2 Services']);
});
