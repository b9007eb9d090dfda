import { describe, expect, test } from 'vitest';
import { events } from '../api/core-v1/event.ts';
import { pods } from '../api/core-v1/pod.ts';
import { TestCluster } from './testing/test-cluster.ts';

describe('start', () => {
  test('a pod without probes is Ready in the settle that starts it, with one write of its status', () => {
    const cluster = new TestCluster();
    const before = cluster.client.revision;
    const pod = cluster.pod('web');
    expect(pod.status).toMatchObject({
      phase: 'Running',
      podIP: '10.244.0.2',
      hostIP: '172.18.0.2',
      qosClass: 'BestEffort',
      startTime: '2026-01-01T00:00:00Z',
      containerStatuses: [
        {
          name: 'web',
          ready: true,
          started: true,
          restartCount: 0,
          image: 'docker.io/example/web:1.0',
          imageID: expect.stringMatching(/^docker\.io\/example\/web@sha256:[0-9a-f]{64}$/),
          containerID: expect.stringMatching(/^containerd:\/\/[0-9a-f]{64}$/),
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

  test('events come from the kubelet of the node and name the container', () => {
    const cluster = new TestCluster();
    cluster.pod('web', {}, { nodeName: 'node-1' });
    const started = cluster.client.list(events).find(({ reason }) => reason === 'Started');
    expect(started?.source).toEqual({ component: 'kubelet', host: 'node-1' });
    expect(started?.involvedObject.fieldPath).toBe('spec.containers{web}');
  });

  test('the second pod of an image finds it on the node, another node pulls it again', () => {
    const cluster = new TestCluster();
    cluster.pod('a');
    cluster.pod('b');
    cluster.pod('c', {}, { nodeName: 'node-1' });
    expect(cluster.events('b')[0]).toBe('Pulled Container image "example/web:1.0" already present on machine');
    expect(cluster.events('c')[0]).toBe('Pulling Pulling image "example/web:1.0"');
  });

  test('delays: pull and start take their time, and the status says what is waited for', () => {
    const cluster = new TestCluster({
      settings: { images: [{ match: '*', pull: 3000 }], delays: { imagePull: 0, containerStart: 2000 } },
    });
    const waiting = { state: { waiting: { reason: 'ContainerCreating' } }, ready: false };
    expect(cluster.pod('web').status).toMatchObject({ phase: 'Pending', containerStatuses: [waiting] });
    cluster.advance(3);
    expect(cluster.events('web').at(-1)).toBe('Created Created container: web');
    expect(cluster.get('web').status?.phase).toBe('Pending');
    cluster.advance(2);
    expect(cluster.get('web').status?.phase).toBe('Running');
    expect(cluster.container('web').state).toEqual({ running: { startedAt: '2026-01-01T00:00:05Z' } });
  });

  test('pods get the addresses of their node, and used ones come back late', () => {
    const cluster = new TestCluster();
    expect(cluster.pod('a').status?.podIP).toBe('10.244.0.2');
    expect(cluster.pod('b', {}, { nodeName: 'node-1' }).status?.podIP).toBe('10.244.1.2');
    cluster.delete('a');
    expect(cluster.pod('c').status?.podIP).toBe('10.244.0.3');
  });

  test('a pod on a node that is not there starts when the node comes', () => {
    const cluster = new TestCluster();
    cluster.pod('web', {}, { nodeName: 'node-2' });
    expect(cluster.get('web').status?.phase).not.toBe('Running');
    cluster.addNode(2);
    expect(cluster.get('web').status?.phase).toBe('Running');
  });

  test('a changed image restarts the container', () => {
    const cluster = new TestCluster();
    const pod = cluster.pod('web');
    const containers = [{ ...pod.spec.containers[0], name: 'web', image: 'example/web:2.0' }];
    cluster.client.update(pods, { ...pod, spec: { ...pod.spec, containers } });
    cluster.settle();
    expect(cluster.container('web')).toMatchObject({
      image: 'docker.io/example/web:2.0',
      restartCount: 1,
      ready: true,
    });
    expect(cluster.events('web')).toContain('Killing Container web definition changed, will be restarted');
  });

  test('a controller that starts late sees the pods that are there', () => {
    const cluster = new TestCluster();
    cluster.pod('web');
    expect(cluster.failures).toEqual([]);
    expect(cluster.manager.busy).toBe(false);
  });
});

describe('restarts', () => {
  test('a crashed container restarts at once, then after 10 s, 20 s … 300 s', () => {
    const cluster = new TestCluster();
    const pod = cluster.pod('web');
    cluster.kubelet.crash('default', 'web', { exitCode: 3 });
    expect(cluster.container('web')).toMatchObject({
      restartCount: 1,
      ready: true,
      lastState: { terminated: { exitCode: 3, reason: 'Error' } },
    });
    cluster.kubelet.crash('default', 'web');
    expect(cluster.container('web')).toMatchObject({
      restartCount: 1,
      ready: false,
      started: false,
      state: {
        waiting: {
          reason: 'CrashLoopBackOff',
          message: `back-off 10s restarting failed container=web pod=web_default(${pod.metadata.uid})`,
        },
      },
      lastState: { terminated: { exitCode: 1 } },
    });
    expect(cluster.get('web').status?.phase).toBe('Running');
    expect(cluster.events('web').at(-1)).toBe(
      `BackOff Back-off restarting failed container web in pod web_default(${pod.metadata.uid})`,
    );
    cluster.advance(9.9);
    expect(cluster.container('web').restartCount).toBe(1);
    cluster.advance(0.1);
    expect(cluster.container('web').restartCount).toBe(2);
    const waits: string[] = [];
    for (let i = 0; i < 6; i++) {
      cluster.kubelet.crash('default', 'web');
      waits.push(/back-off (\S+)/.exec(cluster.container('web').state?.waiting?.message ?? '')?.[1] ?? '');
      cluster.advance(300);
    }
    expect(waits).toEqual(['20s', '40s', '1m20s', '2m40s', '5m0s', '5m0s']);
  });

  test('more than ten minutes of running reset the back-off', () => {
    const cluster = new TestCluster();
    cluster.pod('web');
    for (let i = 0; i < 3; i++) {
      cluster.kubelet.crash('default', 'web');
      cluster.advance(300);
    }
    cluster.advance(601);
    cluster.kubelet.crash('default', 'web');
    expect(cluster.container('web').state?.running).toBeDefined();
    cluster.kubelet.crash('default', 'web');
    expect(cluster.container('web').state?.waiting?.message).toContain('back-off 10s');
  });

  test('a program that ends at once loops through CrashLoopBackOff, also with code 0', () => {
    const cluster = new TestCluster();
    const pod = cluster.pod('job', { image: 'busybox:1.36', command: ['sh', '-c', 'echo done'] });
    expect(pod.status?.containerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 0, reason: 'Completed' } },
    });
    cluster.advance(600);
    expect(cluster.container('job').restartCount).toBe(6);
  });

  test('restartPolicy Never and OnFailure: the pod succeeds or fails', () => {
    const cluster = new TestCluster();
    const run = (name: string, script: string, restartPolicy: 'Never' | 'OnFailure') =>
      cluster.pod(name, { image: 'busybox', command: ['sh', '-c', script] }, { restartPolicy }).status;
    expect(run('ok', 'exit 0', 'Never')).toMatchObject({
      phase: 'Succeeded',
      containerStatuses: [
        { ready: false, restartCount: 0, state: { terminated: { exitCode: 0, reason: 'Completed' } } },
      ],
    });
    expect(run('bad', 'exit 4', 'Never')).toMatchObject({
      phase: 'Failed',
      containerStatuses: [{ state: { terminated: { exitCode: 4, reason: 'Error' } } }],
    });
    expect(run('ok2', 'sleep 5', 'OnFailure')?.phase).toBe('Running');
    expect(run('bad2', 'exit 1', 'OnFailure')).toMatchObject({ phase: 'Running' });
    cluster.advance(5);
    const done = cluster.get('ok2').status;
    expect(done?.phase).toBe('Succeeded');
    const ready = done?.conditions?.find(({ type }) => type === 'Ready');
    expect(ready).toMatchObject({ status: 'False', reason: 'PodCompleted' });
    expect(cluster.network.dial(done?.podIP ?? '', 80, '')).toBe('timeout');
  });

  test('activeDeadlineSeconds ends the pod as a whole', () => {
    const cluster = new TestCluster();
    cluster.pod('web', {}, { activeDeadlineSeconds: 30 });
    cluster.advance(30);
    expect(cluster.get('web').status).toMatchObject({
      phase: 'Failed',
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
    });
  });

  test('a fault may say why: OOMKilled', () => {
    const cluster = new TestCluster();
    cluster.pod('web');
    cluster.kubelet.crash('default', 'web', { exitCode: 137, reason: 'OOMKilled' });
    expect(cluster.container('web').lastState?.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
    expect(() => cluster.kubelet.crash('default', 'nobody')).toThrow('pods "nobody" not found');
    cluster.kubelet.crash('default', 'web');
    expect(() => cluster.kubelet.crash('default', 'web')).toThrow('is not running');
  });
});

describe('init containers', () => {
  const init = (name: string, script: string) => ({ name, image: 'busybox', command: ['sh', '-c', script] });

  test('run one after the other before the others', () => {
    const cluster = new TestCluster();
    cluster.pod('web', {}, { initContainers: [init('first', 'sleep 5'), init('second', 'sleep 5')] });
    expect(cluster.get('web').status).toMatchObject({
      phase: 'Pending',
      initContainerStatuses: [
        { name: 'first', ready: false, started: true, state: { running: {} } },
        { name: 'second', state: { waiting: { reason: 'PodInitializing' } } },
      ],
      containerStatuses: [{ state: { waiting: { reason: 'PodInitializing' } } }],
    });
    const initialized = () => cluster.get('web').status?.conditions?.find(({ type }) => type === 'Initialized');
    expect(initialized()).toMatchObject({
      status: 'False',
      reason: 'ContainersNotInitialized',
      message: 'containers with incomplete status: [first second]',
    });
    cluster.advance(5);
    expect(initialized()?.message).toBe('containers with incomplete status: [second]');
    cluster.advance(5);
    expect(initialized()).toMatchObject({ status: 'True', lastTransitionTime: '2026-01-01T00:00:10Z' });
    expect(cluster.isReady('web')).toBe(true);
    expect(cluster.get('web').status?.initContainerStatuses?.[0]).toMatchObject({
      ready: true,
      state: { terminated: { exitCode: 0, reason: 'Completed' } },
    });
  });

  test('a failing one is run again with back-off, or fails the pod', () => {
    const cluster = new TestCluster();
    cluster.pod('web', {}, { initContainers: [init('first', 'exit 1')] });
    expect(cluster.get('web').status?.initContainerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
    });
    const never = cluster.pod('never', {}, { restartPolicy: 'Never', initContainers: [init('first', 'exit 1')] });
    expect(never.status?.phase).toBe('Failed');
  });

  test('a sidecar (restartPolicy Always) keeps running and ends after the others', () => {
    const cluster = new TestCluster();
    const sidecar = {
      name: 'proxy',
      image: 'example/proxy:1',
      restartPolicy: 'Always',
      ports: [{ containerPort: 15001 }],
    };
    const main = { image: 'busybox', command: ['sleep', '5'], ports: [] };
    const pod = cluster.pod('web', main, { initContainers: [sidecar], restartPolicy: 'Never' });
    expect(pod.status).toMatchObject({
      phase: 'Running',
      initContainerStatuses: [{ ready: true, state: { running: {} } }],
    });
    expect(cluster.isReady('web')).toBe(true);
    expect(cluster.ask(pod.status?.podIP ?? '', 15001).result).toMatchObject({ status: 200 });
    cluster.advance(5);
    expect(cluster.get('web').status?.phase).toBe('Succeeded');
  });
});
