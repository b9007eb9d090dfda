import { describe, expect, test } from 'vitest';
import { pods } from '../api/core-v1/pod.ts';
import { TestCluster } from './testing/test-cluster.ts';

test('a graceful stop of an idle pod is done in one settle, events and all', () => {
  const cluster = new TestCluster();
  const ip = cluster.pod('web').status?.podIP ?? '';
  cluster.delete('web');
  expect(cluster.find('web')).toBeUndefined();
  expect(cluster.events('web').at(-1)).toBe('Killing Stopping container web');
  expect(cluster.network.dial(ip, 8080, '')).toBe('timeout');
});

test('requests that are under way are finished before the pod goes, later ones are still taken', () => {
  const cluster = new TestCluster({ settings: { images: [{ match: '*', latency: 4000 }] } });
  const ip = cluster.pod('web').status?.podIP ?? '';
  const first = cluster.ask(ip, 8080);
  cluster.advance(1);
  cluster.delete('web');
  expect(cluster.get('web').metadata.deletionTimestamp).toBeDefined();
  const second = cluster.ask(ip, 8080);
  cluster.advance(3);
  expect(first.result).toMatchObject({ status: 200 });
  expect(cluster.find('web')).toBeDefined();
  cluster.advance(1);
  expect(second.result).toMatchObject({ status: 200 });
  expect(cluster.find('web')).toBeUndefined();
});

test('while the pod terminates its endpoint is not ready but serving, and the Service sends nobody there', () => {
  const cluster = new TestCluster({ settings: { images: [{ match: '*', latency: 4000 }] } });
  const pod = cluster.pod('a', {}, {}, { app: 'web' });
  cluster.pod('b', {}, {}, { app: 'web' });
  const { clusterIP } = cluster.service('web', { clusterIP: '10.96.0.10' }).spec;
  cluster.ask(pod.status?.podIP ?? '', 8080);
  cluster.delete('a');
  const [slice] = cluster.slices.forService('default', 'web');
  expect(slice?.endpoints.find(({ targetRef }) => targetRef?.name === 'a')?.conditions).toEqual({
    ready: false,
    serving: true,
    terminating: true,
  });
  for (let i = 0; i < 50; i++) {
    expect(cluster.network.dial(clusterIP ?? '', 80, '10.244.0.9')).toMatchObject({ ip: '10.244.0.3' });
  }
});

test('after the grace period what is still under way breaks off', () => {
  const cluster = new TestCluster({ settings: { images: [{ match: '*', latency: 50_000 }] } });
  const ip = cluster.pod('web', {}, { terminationGracePeriodSeconds: 30 }).status?.podIP ?? '';
  const asked = cluster.ask(ip, 8080);
  cluster.delete('web');
  cluster.advance(29.9);
  expect(asked.result).toBeUndefined();
  cluster.advance(0.1);
  expect(asked.result).toBe('reset');
  expect(cluster.find('web')).toBeUndefined();
});

test('a shell as process 1 does not hear SIGTERM: it is killed when the grace period is over', () => {
  const cluster = new TestCluster();
  cluster.pod('box', { image: 'busybox', command: ['sleep', '3600'] }, { terminationGracePeriodSeconds: 30 });
  cluster.delete('box');
  cluster.advance(29.9);
  expect(cluster.get('box').status?.phase).toBe('Running');
  cluster.advance(0.1);
  expect(cluster.find('box')).toBeUndefined();
});

test('a second delete with a shorter grace period shortens the wait', () => {
  const cluster = new TestCluster();
  cluster.pod('box', { image: 'busybox', command: ['sleep', '3600'] }, { terminationGracePeriodSeconds: 30 });
  cluster.delete('box');
  cluster.advance(5);
  cluster.delete('box', 1);
  cluster.advance(1);
  expect(cluster.find('box')).toBeUndefined();
});

test('grace period 0 removes the object and the program at once', () => {
  const cluster = new TestCluster({ settings: { images: [{ match: '*', latency: 4000 }] } });
  const ip = cluster.pod('web').status?.podIP ?? '';
  const asked = cluster.ask(ip, 8080);
  cluster.delete('web', 0);
  expect(asked.result).toBe('reset');
  expect(cluster.network.dial(ip, 8080, '')).toBe('timeout');
});

test('a new pod of the same name starts afresh', () => {
  const cluster = new TestCluster();
  const first = cluster.pod('web');
  cluster.client.delete(pods, 'default', 'web', { gracePeriodSeconds: 0 });
  const second = cluster.pod('web');
  expect(second.metadata.uid).not.toBe(first.metadata.uid);
  expect(second.status?.podIP).toBe('10.244.0.3');
  expect(cluster.isReady('web')).toBe(true);
});

describe('preStop', () => {
  test('comes before SIGTERM and takes its time; the pod keeps serving meanwhile', () => {
    const cluster = new TestCluster();
    const lifecycle = { preStop: { sleep: { seconds: 5 } } };
    const ip = cluster.pod('web', { lifecycle }).status?.podIP ?? '';
    cluster.delete('web');
    cluster.advance(4.9);
    expect(cluster.ask(ip, 8080).result).toMatchObject({ status: 200 });
    expect(cluster.isReady('web')).toBe(true);
    cluster.advance(0.1);
    expect(cluster.find('web')).toBeUndefined();
  });

  test('a command is not run but takes as long as its sleeps', () => {
    const cluster = new TestCluster();
    cluster.pod('web', {
      lifecycle: { preStop: { exec: { command: ['/bin/sh', '-c', 'sleep 3 && nginx -s quit'] } } },
    });
    cluster.delete('web');
    cluster.advance(2.9);
    expect(cluster.find('web')).toBeDefined();
    cluster.advance(0.1);
    expect(cluster.find('web')).toBeUndefined();
  });

  test('counts against the grace period, which leaves at least two seconds', () => {
    const cluster = new TestCluster();
    const lifecycle = { preStop: { sleep: { seconds: 100 } } };
    cluster.pod(
      'box',
      { image: 'busybox', command: ['sleep', '1d'], lifecycle },
      { terminationGracePeriodSeconds: 10 },
    );
    cluster.delete('box');
    cluster.advance(11.9);
    expect(cluster.find('box')).toBeDefined();
    cluster.advance(0.1);
    expect(cluster.find('box')).toBeUndefined();
  });

  test('an HTTP hook is asked; what fails is an event and stops nothing', () => {
    const cluster = new TestCluster();
    cluster.pod('ok', { lifecycle: { preStop: { httpGet: { path: '/quit', port: 8080 } } } });
    cluster.delete('ok');
    expect(cluster.find('ok')).toBeUndefined();
    cluster.pod('bad', { lifecycle: { preStop: { httpGet: { path: '/quit', port: 9 } } } });
    cluster.delete('bad');
    expect(cluster.events('bad')).toContain('FailedPreStopHook PreStopHook failed');
  });
});

test('postStart holds back Running, and a failure restarts the container', () => {
  const cluster = new TestCluster();
  cluster.pod('slow', { lifecycle: { postStart: { sleep: { seconds: 5 } } } });
  expect(cluster.get('slow').status?.phase).toBe('Pending');
  cluster.advance(5);
  expect(cluster.isReady('slow')).toBe(true);
  cluster.pod('bad', { lifecycle: { postStart: { httpGet: { port: 9 } } } });
  expect(cluster.events('bad')).toEqual(
    expect.arrayContaining(['FailedPostStartHook PostStartHook failed x2', 'Killing FailedPostStartHook x2']),
  );
  expect(cluster.container('bad')).toMatchObject({
    restartCount: 1,
    state: { waiting: { reason: 'CrashLoopBackOff' } },
  });
});

test('a pod that never started can be deleted', () => {
  const cluster = new TestCluster();
  cluster.pod('web', { envFrom: [{ configMapRef: { name: 'missing' } }] });
  cluster.delete('web');
  expect(cluster.find('web')).toBeUndefined();
  cluster.advance(60);
  expect(cluster.failures).toEqual([]);
});

test('with a finalizer the object stays, with its final phase, until that is taken off', () => {
  const cluster = new TestCluster();
  const pod = cluster.pod('web');
  cluster.client.update(pods, { ...pod, metadata: { ...pod.metadata, finalizers: ['example.com/hold'] } });
  cluster.delete('web');
  expect(cluster.get('web').status).toMatchObject({ phase: 'Succeeded' });
  const held = cluster.get('web');
  cluster.client.update(pods, { ...held, metadata: { ...held.metadata, finalizers: [] } });
  cluster.settle();
  expect(cluster.find('web')).toBeUndefined();
});

test('a deletion is not overlooked when the kubelet writes before it has looked at it', () => {
  const cluster = new TestCluster();
  cluster.pod('web');
  cluster.client.delete(pods, 'default', 'web');
  cluster.kubelet.crash('default', 'web');
  expect(cluster.find('web')).toBeUndefined();
  cluster.settle();
  expect(cluster.failures).toEqual([]);
});

test('a pod that is gone from the API while its timers run is left alone', () => {
  const cluster = new TestCluster();
  cluster.pod('web', { image: 'ngnix' });
  cluster.client.delete(pods, 'default', 'web', { gracePeriodSeconds: 0 });
  cluster.clock.advanceTo(cluster.clock.now() + 60_000);
  expect(cluster.find('web')).toBeUndefined();
  expect(cluster.failures).toEqual([]);
});
