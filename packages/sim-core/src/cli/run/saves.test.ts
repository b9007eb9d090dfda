import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createCluster } from '../../index.ts';
import type { InputFile } from '../../run/input-file.ts';
import { RunFiles } from '../../run/run-files.ts';
import { RunManifests } from '../../run/run-manifests.ts';
import { readInput } from '../input.ts';
import { BAD_SERVICE, configMap, scenario } from '../testing/manifests.ts';
import { saidConsole } from '../testing/said.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { Saves } from './saves.ts';

const CONFIG = `${configMap('a')}data:\n  key: "1"\n`;
const CHANGED = CONFIG.replace('"1"', '"2"');

/** Saves over a folder; time is the test's, so that files are looked at when it moves on. */
function saving(texts: Record<string, string>, { watch = false, names = ['.'] } = {}) {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const folder = temporaryFolder(texts);
  const { files: input } = readInput(names, { packaged: false, directory: folder.path });
  const files = new RunFiles(input);
  const manifests = new RunManifests(createCluster(), {});
  manifests.apply(input);
  const { console, take } = saidConsole();
  const applied: string[][] = [];
  const saves = new Saves({
    files,
    manifests,
    console,
    names,
    directory: folder.path,
    applyAtOnce: watch,
    apply: (saved: readonly InputFile[]) => {
      applied.push(saved.map(({ file }) => file));
      for (const file of saved) files.applied(file);
    },
  });
  onTestFinished(() => saves.stop());
  const said = () => {
    vi.advanceTimersByTime(1000);
    return take();
  };
  return { folder, saves, said, applied };
}

it('a save is told with its change, and applied on demand', () => {
  const { folder, saves, said, applied } = saving({ 'a.yaml': CONFIG });
  folder.write('a.yaml', CHANGED);
  expect(said()).toEqual(['a.yaml changed (line 6: key 1 → 2). Press Enter to apply, d for diff']);
  saves.showDiff();
  expect(said()).toEqual(['a.yaml', '@@ line 4 @@', '   name: a', ' data:', '-  key: "1"', '+  key: "2"']);
  saves.applyPending();
  expect(applied).toEqual([['a.yaml']]);
  saves.applyPending();
  saves.showDiff();
  expect(said()).toEqual(Array(2).fill('Nothing was saved since the last apply.'));
});

it('a save that cannot be read is refused with its place', () => {
  const { folder, said, applied } = saving({ 'a.yaml': CONFIG }, { watch: true });
  folder.write('a.yaml', `${CONFIG}  b: "never closed\n`);
  const [first, second] = said();
  expect(first).toBe('a.yaml was saved with an error; the cluster stays as it is:');
  expect(second).toMatch(/^a\.yaml:7:6: .*never closed/);
  expect(applied).toEqual([]);
});

it('what the API server would refuse is told before it is applied', () => {
  const { folder, said, applied } = saving({ 'a.yaml': CONFIG }, { watch: true });
  folder.write('a.yaml', `${CONFIG}---\n${BAD_SERVICE}`);
  const [changed, would, problem] = said();
  expect(changed).toMatch(/^a\.yaml changed \(line 8: Service\/web added\)\. Press Enter/);
  expect(would).toBe('The API server would refuse it:');
  expect(problem).toMatch(/^a\.yaml:12:9: spec\.type: Unsupported value: "ClusterIPs"/);
  expect(applied).toEqual([]);
});

it('with --watch each valid save is applied', () => {
  const { folder, said, applied } = saving({ 'a.yaml': CONFIG }, { watch: true });
  folder.write('a.yaml', CHANGED);
  expect(said()).toEqual([]);
  expect(applied).toEqual([['a.yaml']]);
});

it('a new file in a folder is told, and one that is gone', () => {
  const { folder, saves, said, applied } = saving({ 'k8s/a.yaml': CONFIG }, { names: ['k8s'] });
  folder.write('k8s/b.yaml', configMap('b'));
  expect(said()).toEqual([`${join('k8s', 'b.yaml')} is new. Press Enter to apply, d for diff`]);
  saves.applyPending();
  expect(applied).toEqual([['k8s/b.yaml']]);
  rmSync(join(folder.path, 'k8s', 'a.yaml'));
  expect(said()).toEqual(['k8s/a.yaml is gone; its objects stay in the cluster.']);
  rmSync(join(folder.path, 'k8s'), { recursive: true });
  expect(said()).toEqual(['k8s/b.yaml is gone; its objects stay in the cluster.']);
});

it('a kustomization.yaml among manifests may be saved', () => {
  const { folder, said } = saving({ 'a.yaml': CONFIG, 'kustomization.yaml': 'resources: [a.yaml]\n' });
  folder.write('kustomization.yaml', 'resources: [a.yaml, b.yaml]\n');
  expect(said()).toEqual([
    'kustomization.yaml changed (nothing that the cluster sees). Press Enter to apply, d for diff',
  ]);
});

it('a Scenario in the file is checked as well', () => {
  const { folder, said } = saving({ 'a.yaml': `${scenario('{ seed: 1 }')}---\n${CONFIG}` });
  folder.write('a.yaml', `${scenario('{ sed: 1 }')}---\n${CONFIG}`);
  expect(said()[1]).toMatch(/^a\.yaml:3:9: Scenario spec\.sed: unknown field/);
});
