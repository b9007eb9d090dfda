import { describe, expect, it } from 'vitest';
import { BAD_SERVICE, configMap, NAMESPACE, scenario } from '../cli/testing/manifests.ts';
import { createCluster, defaultSettings } from '../index.ts';
import { loadManifests } from './load-manifests.ts';
import { RunManifests } from './run-manifests.ts';

const file = (name: string, text: string) => ({ file: name, bytes: new TextEncoder().encode(text) });

function running(addons: string[] = []) {
  const settings = { ...defaultSettings(), addons };
  const cluster = createCluster({ settings });
  const manifests = new RunManifests(cluster, settings);
  const names = () => cluster.userObjects().map(({ object }) => object.metadata.name);
  return { cluster, manifests, names };
}

describe('applying', () => {
  it('takes files together: an object may come before the file with its namespace', () => {
    const { manifests, names } = running();
    const { outcomes } = manifests.apply([file('a.yaml', configMap('a', 'team')), file('z.yaml', NAMESPACE)]);
    expect(outcomes.map(({ action }) => action)).toEqual(['created', 'created']);
    expect(names().sort()).toEqual(['a', 'team']);
  });

  it('does nothing at all where a file cannot be read', () => {
    const { manifests, names } = running();
    const { errors, outcomes } = manifests.apply([file('a.yaml', configMap('a')), file('b.yaml', 'kind: [')]);
    expect(errors).toHaveLength(1);
    expect([outcomes, names()]).toEqual([[], []]);
  });

  it('remembers what was refused until its file is applied again', () => {
    const { manifests } = running();
    manifests.apply([file('a.yaml', BAD_SERVICE), file('b.yaml', BAD_SERVICE.replace('web', 'other'))]);
    expect(manifests.refused.map(({ file: name }) => name)).toEqual(['a.yaml', 'b.yaml']);
    manifests.apply([file('a.yaml', BAD_SERVICE.replace('ClusterIPs', 'ClusterIP'))]);
    expect(manifests.refused.map(({ file: name }) => name)).toEqual(['b.yaml']);
    manifests.dropFiles(['b.yaml']);
    expect(manifests.refused).toEqual([]);
  });

  it('tells objects that a new text no longer has', () => {
    const { manifests, names } = running();
    manifests.apply([file('a.yaml', `${configMap('one')}---\n${configMap('two')}`)]);
    const { gone } = manifests.apply([file('a.yaml', configMap('two'))]);
    expect(gone).toMatchObject([{ kind: 'ConfigMap', name: 'one', document: { file: 'a.yaml' } }]);
    expect(names()).toEqual(['one', 'two']);
    expect(manifests.looseObjects((name) => name === 'a.yaml')).toEqual([
      { kind: 'ConfigMap', namespace: 'default', name: 'one' },
    ]);
  });

  it('says when the Scenario is another one: its settings cannot be changed any more', () => {
    const settings = loadManifests([file('s.yaml', scenario('{ seed: 1 }'))]).settings;
    const manifests = new RunManifests(createCluster({ settings }), settings);
    const differs = (text: string) => manifests.apply([file('s.yaml', `${text}---\n${configMap('a')}`)]).settingsDiffer;
    expect(differs(scenario('{ seed: 1 }'))).toBe(false);
    expect(differs(scenario('{ seed: 2 }'))).toBe(true);
    expect(differs(configMap('b'))).toBe(false);
  });

  it("spares the add-on's objects", () => {
    const { cluster, manifests } = running(['ingress-nginx']);
    const outcomes = manifests.applyAddons();
    expect(outcomes.length).toBeGreaterThan(5);
    expect(manifests.looseObjects(() => false)).toEqual([]);
    const isDone = ({ kind }: { kind: string }) => kind === 'Job';
    expect(cluster.userObjects().length).toBe(outcomes.filter((each) => !isDone(each)).length);
  });
});

describe('checking', () => {
  it('changes nothing, and names the lines of the new text', () => {
    const { cluster, manifests } = running();
    manifests.apply([file('a.yaml', configMap('a'))]);
    const { revision } = cluster.client;
    const { outcomes } = manifests.check([file('a.yaml', `${configMap('a')}---\n${BAD_SERVICE}`)]);
    expect(outcomes[1]?.problems).toMatchObject([{ file: 'a.yaml', line: 10, column: 9 }]);
    expect(cluster.client.revision).toBe(revision);
    expect(manifests.refused).toEqual([]);
  });

  it('finds what cannot be read', () => {
    expect(running().manifests.check([file('a.yaml', 'kind: [')]).errors).toHaveLength(1);
  });
});

it('texts in which nothing stands any more are forgotten', () => {
  const { cluster, manifests } = running();
  manifests.apply([file('request-1.yaml', configMap('a'))]);
  manifests.apply([file('request-2.yaml', configMap('a'))]);
  expect(manifests.forgetUnused(['request-1.yaml', 'request-2.yaml'])).toEqual(['request-1.yaml']);
  expect(cluster.manifests.files.map(({ file: name }) => name)).toEqual(['request-2.yaml']);
});
