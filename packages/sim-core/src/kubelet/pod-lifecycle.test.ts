import { expect, test } from 'vitest';
import { TestCluster } from './testing/test-cluster.ts';

test('a pod without probes is Ready in the settle that starts it, with one write of its status', () => {
  const cluster = new TestCluster();
  const before = cluster.client.revision;
  const pod = cluster.pod('web');
  expect(pod.status).toMatchObject({
    phase: 'Running',
    podIP: '10.244.0.2',
    hostIP: '172.18.0.2',
    qosClass: 'BestEffort',
    containerStatuses: [
      {
        name: 'web',
        ready: true,
        started: true,
        restartCount: 0,
        image: 'docker.io/example/web:1.0',
        state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
      },
    ],
  });
  expect(pod.status?.conditions?.map(({ type, status }) => `${type}=${status}`)).toEqual([
    'PodReadyToStartContainers=True',
    'Initialized=True',
    'Ready=True',
    'ContainersReady=True',
    'PodScheduled=True',
  ]);
  expect(pod.status?.containerStatuses?.[0]?.containerID).toMatch(/^containerd:\/\/[0-9a-f]{64}$/);
  // The pod, four events, one status.
  expect(cluster.client.revision - before).toBe(6);
  expect(cluster.events('web')).toEqual([
    'Pulling Pulling image "example/web:1.0"',
    expect.stringMatching(
      /^Pulled Successfully pulled image "example\/web:1.0" in 0s \(0s including waiting\)\. Image size: \d+ bytes\.$/,
    ),
    'Created Created container: web',
    'Started Started container web',
  ]);
});
