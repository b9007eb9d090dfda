import { describe, expect, it } from 'vitest';
import { createCluster, defaultSettings } from '../../index.ts';
import { RunFiles } from '../../run/run-files.ts';
import { RunManifests } from '../../run/run-manifests.ts';
import { configMap, NAMESPACE } from '../testing/manifests.ts';
import { describeLoose } from './loose-words.ts';

const file = (name: string, text: string) => ({ file: name, bytes: new TextEncoder().encode(text) });

function running() {
  const settings = defaultSettings();
  return { manifests: new RunManifests(createCluster({ settings }), settings) };
}

describe('what stands in no file', () => {
  it('is told by name, up to a point', () => {
    const { manifests } = running();
    const files = new RunFiles([file('a.yaml', configMap('mine'))]);
    manifests.apply(files.list());
    expect(describeLoose(files, manifests)).toBe('');
    manifests.apply([file('request.yaml', `${configMap('one')}---\n${NAMESPACE}`)]);
    manifests.apply([file('request2.yaml', configMap('two', 'team'))]);
    expect(describeLoose(files, manifests)).toBe('In no file: ConfigMap one, Namespace team, ConfigMap team/two');
    const many = Array.from({ length: 20 }, (_, at) => configMap(`n${at}`)).join('---\n');
    manifests.apply([file('request3.yaml', many)]);
    expect(describeLoose(files, manifests)).toMatch(/ and 13 more$/);
  });

  it('is also what was changed on the page only', () => {
    const { manifests } = running();
    const text = `${configMap('a')}data:\n  key: "1"\n`;
    const files = new RunFiles([file('a.yaml', text)]);
    files.drafted('a.yaml', text.replace('"1"', '"2"'));
    expect(describeLoose(files, manifests)).toBe('Changed on the page, not in a.yaml: line 6: key 1 → 2');
  });
});
