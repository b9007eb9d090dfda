import { describe, expect, it } from 'vitest';
import { type Cluster, createCluster } from '../cluster.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';

const configMap = (name: string, extra = '') => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
${extra}`;
const INTO_TEAM = '  namespace: team\n';
const TEAM = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: team }\n';
const BAD_SERVICE = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: ClusterIPs
  ports: [{ port: 80 }]
`;

const decode = (file: string, text: string) => decodeManifests(file, text).documents;

function apply(cluster: Cluster, file: string, text: string) {
  const documents = decode(file, text);
  const gone = cluster.manifests.replaceFiles([{ file, text }], documents);
  return { gone: gone.map(({ kind, name }) => `${kind} ${name}`), outcomes: cluster.apply(documents) };
}

const place = (cluster: Cluster, name: string) =>
  cluster.manifests.locate({ kind: 'ConfigMap', namespace: 'default', name }, 'metadata.name');

describe('a dry run', () => {
  it('writes nothing, not even where things stand', () => {
    const cluster = createCluster();
    const { revision } = cluster.client;
    const text = `${configMap('new')}---\n${BAD_SERVICE}`;
    const options = { dryRun: true, files: [{ file: 'b.yaml', text }] };
    const [taken, refused] = cluster.apply(decode('b.yaml', text), options);
    expect(taken?.action).toBe('created');
    expect(refused?.problems).toMatchObject([{ file: 'b.yaml', line: 10, column: 9 }]);
    expect(cluster.client.revision).toBe(revision);
    expect(place(cluster, 'new')).toBeUndefined();
    expect(cluster.manifests.files).toEqual([]);
  });

  it('takes a namespace of the same input for there, and no other', () => {
    const cluster = createCluster();
    const text = `${configMap('a', INTO_TEAM)}---\n${configMap('b', '  namespace: other\n')}---\n${TEAM}`;
    const outcomes = cluster.apply(decode('b.yaml', text), { dryRun: true });
    expect(outcomes.map(({ action }) => action)).toEqual(['created', undefined, 'created']);
  });
});

describe('where objects stand', () => {
  it('follows the text of a file', () => {
    const cluster = createCluster();
    apply(cluster, 'a.yaml', configMap('one'));
    expect(place(cluster, 'one')).toEqual({ file: 'a.yaml', line: 4, column: 9 });
    apply(cluster, 'a.yaml', `${configMap('zero')}---\n${configMap('one')}`);
    expect(place(cluster, 'one')).toMatchObject({ line: 9 });
  });

  it('is no file for what a new text no longer has; the object stays, and goes with a reset', () => {
    const cluster = createCluster();
    apply(cluster, 'a.yaml', `${configMap('one')}---\n${configMap('two')}`);
    expect(apply(cluster, 'a.yaml', configMap('two')).gone).toEqual(['ConfigMap one']);
    expect(place(cluster, 'one')).toBeUndefined();
    expect(cluster.userObjects().map(({ object, document }) => [object.metadata.name, document.file])).toEqual([
      ['one', ''],
      ['two', 'a.yaml'],
    ]);
    cluster.reset();
    expect(cluster.userObjects().map(({ object }) => object.metadata.name)).toEqual(['two']);
  });

  it('can be asked of what stays refused', () => {
    const cluster = createCluster();
    apply(cluster, 'a.yaml', configMap('early', INTO_TEAM));
    const object = { kind: 'ConfigMap', namespace: 'team', name: 'early' };
    expect(cluster.manifests.locate(object, 'metadata.namespace')).toMatchObject({ line: 5 });
    expect(cluster.userObjects()).toEqual([]);
  });

  it('is the new line also where the new document was refused', () => {
    const cluster = createCluster();
    const service = BAD_SERVICE.replace('ClusterIPs', 'ClusterIP');
    apply(cluster, 'a.yaml', service);
    apply(cluster, 'a.yaml', `${configMap('first')}---\n${BAD_SERVICE}`);
    const object = { kind: 'Service', namespace: 'default', name: 'web' };
    expect(cluster.manifests.locate(object, 'spec.type')).toMatchObject({ line: 10 });
  });

  it('is no file once the file is removed', () => {
    const cluster = createCluster();
    apply(cluster, 'a.yaml', configMap('one'));
    cluster.manifests.removeFiles(['a.yaml']);
    expect(place(cluster, 'one')).toBeUndefined();
    expect(cluster.manifests.files).toEqual([]);
    expect(cluster.userObjects()).toHaveLength(1);
  });
});

describe('a reset', () => {
  it('spares what it is told to, and what went with its namespace', () => {
    const cluster = createCluster();
    const text = `${TEAM}---\n${configMap('inside', INTO_TEAM)}`;
    cluster.apply(decode('request', text));
    cluster.apply(decode('addon', configMap('kept')));
    cluster.reset((file) => file === 'addon');
    cluster.advance(60_000);
    expect(cluster.userObjects().map(({ object }) => object.metadata.name)).toEqual(['kept']);
  });
});
