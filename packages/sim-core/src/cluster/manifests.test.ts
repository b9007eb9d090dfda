import { describe, expect, test } from 'vitest';
import { configMaps } from '../api/core-v1/config-map.ts';
import { createCluster } from '../cluster.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';

const CONFIG = (name: string, namespace: string, value: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${namespace}
data:
  key: "${value}"
`;
const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n';

function applied(text: string) {
  const cluster = createCluster();
  cluster.manifests.addFiles([{ file: 'a.yaml', text }]);
  return { cluster, outcomes: cluster.apply(decodeManifests('a.yaml', text).documents) };
}

describe('applying manifests', () => {
  test('remembers where each object and each of its fields stands', () => {
    const { cluster, outcomes } = applied(`${NAMESPACE}---\n${CONFIG('one', 'shop', '1')}`);
    expect(outcomes.map(({ kind, action, line }) => [kind, action, line])).toEqual([
      ['Namespace', 'created', 1],
      ['ConfigMap', 'created', 6],
    ]);
    const object = { kind: 'ConfigMap', namespace: 'shop', name: 'one' };
    expect(cluster.manifests.locate(object, 'data.key')).toEqual({ file: 'a.yaml', line: 12, column: 8 });
    expect(cluster.manifests.locate({ ...object, name: 'other' }, 'data.key')).toBeUndefined();
  });

  test('tries again what only came too early, and says what a real cluster would have said', () => {
    const { cluster, outcomes } = applied(`${CONFIG('one', 'shop', '1')}---\n${NAMESPACE}`);
    expect(outcomes.map(({ action }) => action)).toEqual(['created', 'created']);
    expect(outcomes[0]?.retriedAfter).toBe('namespaces "shop" not found');
    expect(cluster.client.get(configMaps, 'shop', 'one')?.data).toEqual({ key: '1' });
  });

  test('names every cause of a refusal at its place, and goes on with the rest', () => {
    const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  ports:
  - port: 80
    nodePort: 80
`;
    const { outcomes } = applied(`${service}---\n${CONFIG('one', 'default', '1')}`);
    expect(outcomes.map(({ action }) => action)).toEqual([undefined, 'created']);
    expect(outcomes[0]?.problems).toMatchObject([
      {
        file: 'a.yaml',
        line: 9,
        column: 15,
        field: 'spec.ports[0].nodePort',
        message:
          'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
      },
    ]);
  });

  test('a second apply changes what differs, and nothing else', () => {
    const { cluster } = applied(CONFIG('one', 'default', '1'));
    const again = (value: string) =>
      cluster.apply(decodeManifests('a.yaml', CONFIG('one', 'default', value)).documents)[0]?.action;
    const before = cluster.client.revision;
    expect(again('1')).toBe('unchanged');
    expect(cluster.client.revision).toBe(before);
    expect(again('2')).toBe('configured');
  });

  test('a dry run stores nothing', () => {
    const cluster = createCluster();
    const before = cluster.client.revision;
    const { documents } = decodeManifests('a.yaml', CONFIG('one', 'default', '1'));
    expect(cluster.apply(documents, { dryRun: true })[0]?.action).toBe('created');
    expect(cluster.client.revision).toBe(before);
    expect(cluster.manifests.entries()).toEqual([]);
  });

  test('check finds what cannot be decoded, before anything is applied', () => {
    const cluster = createCluster();
    const text =
      'apiVersion: v1\nkind: Deployment\nmetadata:\n  name: x\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: z\n  lables: {}\n';
    cluster.manifests.addFiles([{ file: 'b.yaml', text }]);
    const problems = cluster.manifests.check(decodeManifests('b.yaml', text).documents);
    expect(problems.map(({ line, message }) => [line, message.split('\n')[0]])).toEqual([
      [1, 'no matches for kind "Deployment" in version "v1"'],
      [10, 'unknown field "metadata.lables"'],
    ]);
    expect(problems[0]?.hint).toBe('Deployment is in apps/v1, not v1');
  });

  test('a kind that nobody knows stops nothing else', () => {
    const cluster = createCluster();
    const text = `apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata:\n  name: x\n---\n${CONFIG('one', 'default', '1')}`;
    const { documents } = decodeManifests('c.yaml', text);
    expect(cluster.manifests.check(documents)).toEqual([]);
    expect(cluster.manifests.check(documents.slice(0, 1))).toHaveLength(1);
    expect(cluster.apply(documents).map(({ action }) => action)).toEqual([undefined, 'created']);
  });
});
