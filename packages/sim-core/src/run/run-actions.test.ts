import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packagedScenarios } from '../cli/package-root.ts';
import { BAD_SERVICE, configMap } from '../cli/testing/manifests.ts';
import { createCluster } from '../index.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import { errorsOf, loadManifests } from './load-manifests.ts';
import { RunActions } from './run-actions.ts';
import { RunFiles } from './run-files.ts';
import { type Applied, RunManifests } from './run-manifests.ts';

const CANARY = readFileSync(packagedScenarios().find(({ name }) => name === 'canary')?.file ?? '', 'utf8');
const HERE = '/home/student/canary.yaml';

/** The actions of a run of the canary scenario, in virtual time. */
function acting() {
  const file = { file: 'canary.yaml', path: HERE, bytes: new TextEncoder().encode(CANARY) };
  const loaded = loadManifests([file]);
  expect(errorsOf(loaded)).toEqual([]);
  const cluster = createCluster({ settings: loaded.settings });
  const files = new RunFiles([file]);
  const manifests = new RunManifests(cluster, loaded.settings);
  manifests.applyAddons();
  manifests.applyLoaded([file], loaded);
  cluster.advance(5000);
  const changes: (Applied | undefined)[] = [];
  let resets = 0;
  const actions = new RunActions({
    cluster,
    files,
    manifests,
    reset: () => resets++,
    save: () => {},
    changed: (applied) => changes.push(applied),
    trace: async (id) => (id === 1 ? 'evicted' : undefined),
    explain: async ({ url }) => ({ url }) as never,
    nginxConf: async () => undefined,
    kubectl: async () => 0,
    kubectlCommands: async () => ({ commands: [] }),
    lessons: () => Promise.reject(new Error('no lessons here')),
    schemas: async () => ({}),
  });
  const line = (name: string) => cluster.manifests.locate({ kind: 'ConfigMap', namespace: 'default', name }, 'kind');
  return { cluster, files, actions, changes, line, resets: () => resets };
}

const text = (content: string, more: { file?: string; path?: string } = {}) => ({ text: content, ...more });

describe('apply', () => {
  it('applies a text without a name; each keeps its own lines', () => {
    const { actions, changes, line } = acting();
    const first = actions.apply([text(configMap('one'))], { dryRun: false });
    expect(first).toMatchObject({ objects: [{ name: 'one', action: 'created', file: 'request-1.yaml' }], errors: [] });
    actions.apply([text(`# comment\n${configMap('two')}`)], { dryRun: false });
    expect([line('one'), line('two')]).toMatchObject([
      { file: 'request-1.yaml', line: 2 },
      { file: 'request-2.yaml', line: 3 },
    ]);
    expect(changes).toHaveLength(2);
  });

  it('checks without a trace in a dry run', () => {
    const { cluster, actions, changes, line } = acting();
    const { revision } = cluster.client;
    const answer = actions.apply([text(`${configMap('one')}---\n${BAD_SERVICE}`, { file: 'a.yaml' })], {
      dryRun: true,
    });
    expect(answer.objects).toMatchObject([{ name: 'one', action: 'created' }]);
    expect(answer.errors).toMatchObject([{ file: 'a.yaml', line: 10, column: 9, document: 1, field: 'spec.type' }]);
    expect([answer.rev, line('one'), changes]).toEqual([revision, undefined, []]);
  });

  it('refuses what cannot be read, with what to do', () => {
    const { actions, changes } = acting();
    const { errors, objects } = actions.apply([text('kind: [', { file: 'a.yaml' })], { dryRun: false });
    expect(errors[0]).toMatchObject({ file: 'a.yaml', line: 1, field: '' });
    expect([objects, changes]).toEqual([[], []]);
  });

  it('of a file of the run is as if it was saved and applied', () => {
    const { actions, files } = acting();
    const changed = CANARY.replace('canary-weight: "5"', 'canary-weight: "20"');
    const answer = actions.apply([text(changed, { file: '../canary.yaml', path: HERE })], { dryRun: false });
    expect(answer.objects.filter(({ action }) => action !== 'unchanged')).toMatchObject([
      { name: 'canary', action: 'configured', file: 'canary.yaml' },
    ]);
    expect(files.describe()).toEqual([{ file: 'canary.yaml', text: changed, draft: false }]);
  });

  it('of another file that is called the same leaves the file of the run alone', () => {
    const { actions, files, line } = acting();
    actions.apply([text(configMap('one'), { file: 'canary.yaml', path: '/elsewhere/canary.yaml' })], { dryRun: false });
    expect(line('one')?.file).toBe('/elsewhere/canary.yaml');
    expect(files.textOf('canary.yaml')).toBe(CANARY);
  });
});

describe('drafts', () => {
  const weight = { kind: 'Ingress', namespace: 'default', name: 'canary' };

  it('change the cluster and the text that the page shows, not the file', () => {
    const { actions, files } = acting();
    const place = actions.placeOf(weight);
    expect(place).toMatchObject({ file: 'canary.yaml', text: CANARY });
    const draft = CANARY.replace('canary-weight: "5"', 'canary-weight: "20"');
    expect(actions.applyDraft('canary.yaml', draft).errors).toEqual([]);
    expect(actions.files()).toEqual([{ file: 'canary.yaml', text: draft, draft: true, saved: CANARY }]);
    expect(actions.placeOf(weight)?.text).toBe(draft);
    expect(files.drafts()).toEqual(['canary.yaml']);
  });

  it('that are refused leave no trace', () => {
    const { cluster, actions, changes } = acting();
    const { revision } = cluster.client;
    const draft = `${CANARY}---\n${BAD_SERVICE}`;
    expect(actions.applyDraft('canary.yaml', draft).errors).toHaveLength(1);
    expect(actions.files()).toEqual([{ file: 'canary.yaml', text: CANARY, draft: false }]);
    expect([cluster.client.revision, changes]).toEqual([revision, []]);
  });

  it('end with a reset, which takes away what came from elsewhere', () => {
    const { cluster, actions, resets } = acting();
    actions.applyDraft('canary.yaml', CANARY.replace('canary-weight: "5"', 'canary-weight: "20"'));
    actions.apply([text(configMap('one'))], { dryRun: false });
    actions.reset();
    expect([resets(), actions.files()[0]?.draft]).toEqual([1, false]);
    expect(cluster.manifests.files.map(({ file }) => file)).toEqual(['canary.yaml']);
  });
});

it('what a person does with a click is a change on purpose', () => {
  const { cluster, actions, changes } = acting();
  actions.scale('default', 'netflix-frontend', 3);
  actions.annotate({ kind: 'Ingress', namespace: 'default', name: 'canary' }, 'team', 'blue');
  actions.delete({ apiVersion: '', kind: 'ing', namespace: 'default', name: 'canary' });
  expect(changes).toEqual([undefined, undefined, undefined]);
  expect(cluster.userObjects().map(({ object }) => object.metadata.name)).not.toContain('canary');
  expect(() => actions.delete({ apiVersion: '', kind: 'ingg', namespace: 'default', name: 'x' })).toThrow(
    'the server doesn\'t have a resource type "ingg"',
  );
});

it('exports what the user has, not the add-on', () => {
  const { actions } = acting();
  actions.scale('default', 'netflix-frontend', 5);
  const objects = decodeManifests('export.yaml', actions.export()).documents.map(({ value }) => value);
  const written = decodeManifests('canary.yaml', CANARY).documents.filter(({ value }) => value.kind !== 'Scenario');
  expect(objects).toHaveLength(written.length);
  expect(
    objects.find(
      ({ kind, metadata }) => kind === 'Deployment' && (metadata as { name: string }).name === 'netflix-frontend',
    ),
  ).toMatchObject({ spec: { replicas: 5 } });
});

it('hands on what is asked', async () => {
  const { actions } = acting();
  expect(await actions.trace(1)).toBe('evicted');
  expect(await actions.explain({ method: 'GET', url: 'http://x/', headers: {} })).toEqual({ url: 'http://x/' });
});
