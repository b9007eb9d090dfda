import { expect, test } from 'vitest';
import { pods } from '../api/core-v1/pod.ts';
import { createCluster } from '../cluster.ts';
import { defaultSettings } from '../scenario/settings.ts';

test('another scenario counts from now on: its delays too; seed and nodes stay', () => {
  const cluster = createCluster();
  const { seed, nodes, delays } = cluster.settings;
  const node = (name: string) => cluster.client.get(pods, 'default', name)?.spec.nodeName;
  const pod = (name: string) =>
    cluster.applyObjects([
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'default' },
        spec: { containers: [{ name: 'web', image: 'nginx' }] },
      } as never,
    ]);
  pod('before');
  expect(node('before')).toBeDefined();
  cluster.setScene({ ...defaultSettings(), seed: 'other', nodes: 9, delays: { ...delays, scheduling: 5000 } });
  pod('after');
  expect(node('after')).toBeUndefined();
  cluster.advance(6000);
  expect(node('after')).toBeDefined();
  expect(cluster.settings).toMatchObject({ seed, nodes });
});
