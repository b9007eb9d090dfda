import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../index.ts';
import { formatProblem } from '../manifest/problem.ts';
import { addonDocuments, errorsOf, loadManifests, warningsOf } from '../run/load-manifests.ts';
import { RefusedInput, readManifests, seconds, seedOf, withFlags } from './read-manifests.ts';
import { configMap, scenario } from './testing/manifests.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const file = (name: string, text: string) => ({ file: name, bytes: new TextEncoder().encode(text) });
const messages = (...files: { file: string; bytes: Uint8Array }[]) => errorsOf(loadManifests(files)).map(formatProblem);

describe('loadManifests', () => {
  it('tells objects from settings', () => {
    const loaded = loadManifests([file('a.yaml', `${scenario('{ seed: 7 }')}---\n${configMap('a')}`)]);
    expect(loaded.documents.map(({ value }) => value.kind)).toEqual(['ConfigMap']);
    expect(loaded.settings.seed).toBe('7');
    expect(loaded.hasScenario).toBe(true);
    expect(loaded.problems).toEqual([]);
  });

  it('starts with defaults without a Scenario', () => {
    const loaded = loadManifests([file('a.yaml', configMap('a'))]);
    expect(loaded).toMatchObject({ settings: defaultSettings(), hasScenario: false });
  });

  it('names the place of every mistake in a Scenario', () => {
    const text =
      'apiVersion: sandbox.k8s-ingress.dev/v1\nkind: Scenario\nspec:\n  sed: 1\n  serviceCIDR: 10.0.0.0/31\n';
    expect(messages(file('s.yaml', text))).toEqual([
      expect.stringMatching(/^s\.yaml:4:3: Scenario spec\.sed: unknown field, did you mean seed\? known here: /),
      's.yaml:5:3: Scenario spec.serviceCIDR: expected an IPv4 network of at least eight addresses, such as 10.96.0.0/16, got "10.0.0.0/31"',
    ]);
  });

  it('takes one Scenario, and no Exercise or other kind of ours', () => {
    const other = scenario('{}').replace('Scenario', 'Scenery');
    const exercise = scenario('{}').replace('Scenario', 'Exercise');
    expect(messages(file('a.yaml', scenario('{}')), file('b.yaml', scenario('{}')))).toEqual([
      'b.yaml:1: a second Scenario document; a run takes one\n  Remove it, or run the files one at a time.',
    ]);
    expect(messages(file('a.yaml', other))[0]).toMatch(
      /^a\.yaml:1: no kind "Scenery" in sandbox\.k8s-ingress\.dev\/v1/,
    );
    expect(messages(file('a.yaml', exercise))[0]).toMatch(/^a\.yaml:1: an Exercise is for the grader/);
  });

  it('minds a kustomization.yaml alone, not among manifests', () => {
    const kustomization = file('kustomization.yaml', 'resources: [a.yaml]\n');
    expect(messages(kustomization)).toHaveLength(1);
    expect(messages(kustomization, file('a.yaml', configMap('a')))).toEqual([]);
    expect(errorsOf(loadManifests([kustomization], true))).toEqual([]);
  });

  it('tells warnings from errors', () => {
    const loaded = loadManifests([file('a.yaml', `${configMap('a')}data:\n  host: YOUR_HOST_HERE\n`)]);
    expect(errorsOf(loaded)).toEqual([]);
    expect(warningsOf(loaded)).toHaveLength(loaded.problems.length);
  });
});

describe('readManifests', () => {
  it('refuses what cannot be decoded, with every place', () => {
    const { path: directory } = temporaryFolder({ 'a.yaml': 'kind: [\n', 'b.yaml': 'nothing' });
    const read = () => readManifests('run', ['a.yaml', 'b.yaml'], { packaged: false, directory });
    expect(read).toThrow(RefusedInput);
    expect(read).toThrow(/^a\.yaml:\d+:\d+: [\s\S]*\nb\.yaml:1:1: /);
  });
});

describe('withFlags', () => {
  it('puts what the command line says on top', () => {
    const settings = defaultSettings();
    const flags = { seed: 'x', speed: 2, 'cloud-delay': 0, addon: ['ingress-nginx', 'ingress-nginx'] };
    expect(withFlags(settings, flags)).toMatchObject({
      seed: 'x',
      clock: { speed: 2 },
      cloud: { delay: 0, provider: 'aws-nlb' },
      addons: ['ingress-nginx'],
    });
    expect(withFlags(settings, { addon: [] })).toEqual(settings);
  });
});

it('the add-on is applied only where it is asked for', () => {
  expect(addonDocuments(defaultSettings())).toEqual([]);
  expect(addonDocuments({ ...defaultSettings(), addons: ['ingress-nginx'] }).length).toBeGreaterThan(5);
});

it('seconds and seeds are written as people read them', () => {
  expect([0, 1, 2400, 119_001, 120_000, -5].map(seconds)).toEqual(['0 s', '1 s', '3 s', '2m0s', '2m0s', '0 s']);
  expect(['7', '007', 'lesson', '1e3', '12345678901234567'].map(seedOf)).toEqual([
    7,
    '007',
    'lesson',
    '1e3',
    '12345678901234567',
  ]);
});
