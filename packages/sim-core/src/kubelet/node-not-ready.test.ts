import { expect, test } from 'vitest';
import { type Node, nodes } from '../api/core-v1/node.ts';
import { pods } from '../api/core-v1/pod.ts';
import { findCondition } from '../apimachinery/condition.ts';
import { nodeLifecycleController } from '../kube-controller-manager/node-lifecycle.ts';
import { TestCluster } from './testing/test-cluster.ts';

function start() {
  const cluster = new TestCluster();
  cluster.manager.add(nodeLifecycleController());
  const setReady = (status: 'True' | 'False' | 'Unknown') => {
    const node = cluster.client.get(nodes, '', 'node-0') as Node;
    const conditions = [{ type: 'Ready', status, lastTransitionTime: `since ${cluster.clock.now()}` }];
    cluster.client.updateStatus(nodes, { ...node, status: { ...node.status, conditions } });
    cluster.settle();
  };
  cluster.service('web', { clusterIP: '10.96.0.10' });
  const ip = cluster.pod('web').status?.podIP ?? '';
  const routed = () => cluster.routing.translate('10.96.0.10', 80, '10.0.0.99');
  return { cluster, setReady, ip, routed };
}

test.each(['False', 'Unknown'] as const)('Ready %s: its pods stay not ready and out of their Services', (status) => {
  const { cluster, setReady, ip, routed } = start();
  expect(routed()).toMatchObject({ ip });
  setReady(status);
  cluster.kubelet.crash('default', 'web');
  cluster.advance(60);
  expect(cluster.isReady('web')).toBe(false);
  expect(routed()).toBe('reject');
  expect(findCondition(cluster.get('web').status?.conditions, 'ContainersReady')?.status).toBe('True');
  expect(cluster.events('web').at(-1)).toBe('NodeNotReady Node is not ready');
});

test('what runs there runs on, and is ready again when the node is', () => {
  const { cluster, setReady, ip, routed } = start();
  setReady('False');
  expect(cluster.ask(ip, 8080).result).toMatchObject({ status: 200 });
  setReady('True');
  expect(cluster.isReady('web')).toBe(true);
  expect(routed()).toMatchObject({ ip });
  expect(cluster.container('web').restartCount).toBe(0);
});

test('a program that ended meanwhile is restarted when the node is back', () => {
  const { cluster, setReady, ip } = start();
  setReady('False');
  cluster.kubelet.crash('default', 'web', { exitCode: 3 });
  cluster.advance(60);
  expect(cluster.ask(ip, 8080).result).toBe('refused');
  setReady('True');
  expect(cluster.container('web')).toMatchObject({ restartCount: 1, lastState: { terminated: { exitCode: 3 } } });
  expect(cluster.isReady('web')).toBe(true);
});

test('a pod that is deleted stays until the node is back; one that is removed by force is gone', () => {
  const { cluster, setReady } = start();
  cluster.pod('other');
  setReady('Unknown');
  cluster.delete('web');
  cluster.delete('other', 0);
  cluster.advance(600);
  expect(cluster.get('web').metadata.deletionTimestamp).toBeDefined();
  expect(cluster.find('other')).toBeUndefined();
  setReady('True');
  cluster.advance(31);
  expect(cluster.find('web')).toBeUndefined();
});

test('a pod that was put there starts when the node is ready', () => {
  const { cluster, setReady } = start();
  setReady('False');
  expect(cluster.pod('late').status?.phase ?? 'Pending').toBe('Pending');
  setReady('True');
  expect(cluster.isReady('late')).toBe(true);
  expect(cluster.client.list(pods)).toHaveLength(2);
});
