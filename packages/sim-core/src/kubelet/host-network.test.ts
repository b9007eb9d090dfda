import { expect, test } from 'vitest';
import { TestCluster } from './testing/test-cluster.ts';

const NODE_IP = '172.18.0.2';

test('hostPort: the node leads to the pod, and no longer once it is gone', () => {
  const cluster = new TestCluster();
  cluster.pod('web', { ports: [{ containerPort: 8080, hostPort: 80 }] });
  expect(cluster.ask(NODE_IP, 80).result).toMatchObject({ status: 200 });
  expect(cluster.ask(NODE_IP, 8080).result).toBe('refused');
  cluster.delete('web');
  expect(cluster.ask(NODE_IP, 80).result).toBe('refused');
});

test('hostNetwork: the pod has the address of its node, and names resolve as on the node', () => {
  const cluster = new TestCluster();
  const pod = cluster.pod('web', {}, { hostNetwork: true });
  expect(pod.status?.podIP).toBe(NODE_IP);
  expect(cluster.ask(NODE_IP, 8080).result).toMatchObject({ status: 200 });
  cluster.pod('other', { ports: [{ containerPort: 9090 }] }, { hostNetwork: true });
  expect(cluster.ask(NODE_IP, 9090).result).toMatchObject({ body: expect.stringContaining('pod other') });
  cluster.delete('web');
  expect(cluster.ask(NODE_IP, 8080).result).toBe('refused');
});

test('containers of a pod share its address; who declares a port comes before who listens on any', () => {
  const cluster = new TestCluster();
  const containers = [
    { name: 'any', image: 'example/any:1' },
    { name: 'web', image: 'nginx' },
  ];
  const ip = cluster.pod('two', {}, { containers }).status?.podIP ?? '';
  expect(cluster.ask(ip, 80).result).toMatchObject({ body: expect.stringContaining('Welcome to nginx') });
  expect(cluster.ask(ip, 1234).result).toMatchObject({ body: expect.stringContaining('1\npod two') });
});
