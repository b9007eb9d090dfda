import { describe, expect, test } from 'vitest';
import { statefulSets } from '../api/apps-v1/stateful-set.ts';
import { persistentVolumes } from '../api/core-v1/persistent-volume.ts';
import { persistentVolumeClaims } from '../api/core-v1/persistent-volume-claim.ts';
import { pods } from '../api/core-v1/pod.ts';
import { createCluster } from '../cluster.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';

const STATEFUL = `apiVersion: v1
kind: Service
metadata: { name: db }
spec: { clusterIP: None, selector: { app: db }, ports: [{ name: http, port: 80 }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  replicas: 2
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers: [{ name: db, image: "web:1", ports: [{ containerPort: 80 }], volumeMounts: [{ name: data, mountPath: /data }] }]
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;

function applied(text: string) {
  const cluster = createCluster();
  const outcomes = cluster.apply(decodeManifests('a.yaml', text).documents);
  expect(outcomes.map(({ action }) => action)).not.toContain('refused');
  return cluster;
}

describe('a StatefulSet in a cluster', () => {
  test('gets its storage, its nodes, and a DNS name for each pod', () => {
    const cluster = applied(STATEFUL);
    const { client } = cluster;
    expect(client.get(statefulSets, 'default', 'db')?.status).toMatchObject({ readyReplicas: 2 });
    expect(client.list(persistentVolumeClaims).map(({ metadata, status }) => [metadata.name, status?.phase])).toEqual([
      ['data-db-0', 'Bound'],
      ['data-db-1', 'Bound'],
    ]);
    const [first] = client.list(pods);
    expect(cluster.network.query('db-0.db.default.svc.cluster.local', 'A')).toMatchObject({
      answers: [{ type: 'A', data: first?.status?.podIP }],
    });
    expect(cluster.waitingFor()).toEqual([]);
  });

  test('leaves its claims behind; volumes go with them', () => {
    const cluster = applied(STATEFUL);
    cluster.delete('apps/v1', 'StatefulSet', { name: 'db' });
    cluster.advance(40_000);
    expect(cluster.client.list(pods)).toEqual([]);
    expect(cluster.client.list(persistentVolumes)).toHaveLength(2);
    for (const name of ['data-db-0', 'data-db-1']) cluster.delete('v1', 'PersistentVolumeClaim', { name });
    expect(cluster.client.list(persistentVolumes)).toEqual([]);
  });

  test('whose class does not exist waits, as the scheduler says', () => {
    const cluster = applied(STATEFUL.replace('spec: { accessModes', 'spec: { storageClassName: gp2, accessModes'));
    const [pod] = cluster.client.list(pods);
    expect(pod?.status?.conditions).toMatchObject([
      {
        type: 'PodScheduled',
        reason: 'Unschedulable',
        message:
          '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
      },
    ]);
  });
});

test('a pod whose claim does not exist runs once it does', () => {
  const pod = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: "web:1" }], volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }] }
`;
  const cluster = applied(pod);
  const phase = () => cluster.client.get(pods, 'default', 'web')?.status?.phase;
  expect(cluster.client.get(pods, 'default', 'web')?.status?.conditions?.[0]?.message).toContain(
    'persistentvolumeclaim "data" not found',
  );
  cluster.apply(
    decodeManifests(
      'b.yaml',
      'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data }\nspec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }\n',
    ).documents,
  );
  expect(phase()).toBe('Running');
});
