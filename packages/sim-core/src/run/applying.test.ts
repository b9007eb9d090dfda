import { expect, it } from 'vitest';
import { configMap } from '../cli/testing/manifests.ts';
import { createCluster, defaultSettings } from '../index.ts';
import { Applying } from './applying.ts';
import { loadManifests } from './load-manifests.ts';
import { RunFiles } from './run-files.ts';
import { RunManifests } from './run-manifests.ts';

const file = (name: string, text: string) => ({ file: name, path: `/${name}`, bytes: new TextEncoder().encode(text) });

function started(text: string) {
  const input = [file('a.yaml', text)];
  const settings = { ...defaultSettings(), addons: ['ingress-nginx'] };
  const cluster = createCluster({ settings });
  const files = new RunFiles(input);
  const applying = new Applying(cluster, files, new RunManifests(cluster, settings));
  const first = applying.start(loadManifests(input));
  const names = () => cluster.userObjects().map(({ object }) => object.metadata.name);
  return { cluster, files, applying, first, names };
}

it('starts with the add-on, then what was read', () => {
  const { first } = started(configMap('a'));
  expect(first.outcomes.at(-1)).toMatchObject({ name: 'a', action: 'created', file: 'a.yaml' });
  expect(first.outcomes.length).toBeGreaterThan(5);
  expect(first.settingsDiffer).toBe(false);
});

it('remembers what was saved, if it could be read', () => {
  const { files, applying } = started(configMap('a'));
  expect(applying.saved([file('a.yaml', 'kind: [')]).errors).toHaveLength(1);
  expect(files.textOf('a.yaml')).toBe(configMap('a'));
  applying.saved([file('a.yaml', configMap('b'))]);
  expect(files.textOf('a.yaml')).toBe(configMap('b'));
});

it('puts back what was deleted, also of the add-on, and takes away what stands in no file', () => {
  const { cluster, applying, names } = started(configMap('a'));
  const before = names().sort();
  cluster.delete('apps/v1', 'Deployment', { namespace: 'ingress-nginx', name: 'ingress-nginx-controller' });
  cluster.delete('v1', 'ConfigMap', { name: 'a' });
  applying.saved([file('a.yaml', configMap('c'))]);
  const { gone, outcomes } = applying.reset([file('a.yaml', configMap('a'))]);
  expect(names().sort()).toEqual(before);
  expect(gone).toEqual([]);
  expect(outcomes.filter(({ action }) => action === 'created').map(({ name }) => name)).toEqual([
    'ingress-nginx-controller',
    'a',
  ]);
});

it('goes back to what was applied last where a saved file cannot be read', () => {
  const { cluster, applying, names } = started(configMap('a'));
  cluster.delete('v1', 'ConfigMap', { name: 'a' });
  expect(applying.reset([file('a.yaml', 'kind: [')]).errors).toHaveLength(1);
  expect(names()).toContain('a');
});
