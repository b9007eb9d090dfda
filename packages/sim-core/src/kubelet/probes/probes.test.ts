import { describe, expect, test } from 'vitest';
import type { ImageSetting } from '../../workloads/image-settings.ts';
import { TestCluster } from '../testing/test-cluster.ts';

const httpGet = { path: '/healthz', port: 8080 };
const behaving = (behaviour: Omit<ImageSetting, 'match'>) =>
  new TestCluster({ settings: { images: [{ match: '*', ...behaviour }] } });

describe('readiness', () => {
  test('without an initial delay the first probe comes with the start: Ready in the same settle', () => {
    const cluster = new TestCluster();
    cluster.pod('web', { readinessProbe: { httpGet } });
    expect(cluster.isReady('web')).toBe(true);
  });

  test('initialDelaySeconds is kept, then every periodSeconds', () => {
    const cluster = new TestCluster();
    cluster.pod('web', { readinessProbe: { httpGet, initialDelaySeconds: 10, periodSeconds: 5 } });
    cluster.advance(9.9);
    const pod = cluster.get('web');
    expect(pod.status).toMatchObject({ phase: 'Running', containerStatuses: [{ ready: false, started: true }] });
    expect(pod.status?.conditions?.find(({ type }) => type === 'ContainersReady')).toMatchObject({
      status: 'False',
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [web]',
    });
    cluster.advance(0.1);
    expect(cluster.isReady('web')).toBe(true);
    cluster.advance(60);
    const probes = cluster.logs('web').filter((text) => text.includes('kube-probe/1.33'));
    expect(probes).toHaveLength(13);
  });

  test('failureThreshold failures take it out, one success brings it back, each failure is an event', () => {
    const cluster = behaving({ paths: {} });
    cluster.pod('web', { image: 'stefanprodan/podinfo', readinessProbe: { httpGet: { path: '/readyz', port: 9898 } } });
    const ip = cluster.get('web').status?.podIP ?? '';
    cluster.ask(ip, 9898, '/readyz/disable');
    cluster.advance(29.9);
    expect(cluster.isReady('web')).toBe(true);
    cluster.advance(0.1);
    expect(cluster.isReady('web')).toBe(false);
    expect(cluster.events('web').at(-1)).toBe(
      'Unhealthy Readiness probe failed: HTTP probe failed with statuscode: 503 x3',
    );
    cluster.ask(ip, 9898, '/readyz/enable');
    cluster.advance(10);
    expect(cluster.isReady('web')).toBe(true);
    expect(cluster.container('web').restartCount).toBe(0);
  });

  test('successThreshold successes are needed', () => {
    const cluster = new TestCluster();
    cluster.pod('web', { readinessProbe: { httpGet, periodSeconds: 10, successThreshold: 3 } });
    cluster.advance(19.9);
    expect(cluster.isReady('web')).toBe(false);
    cluster.advance(0.1);
    expect(cluster.isReady('web')).toBe(true);
  });

  test('a port by name; a name that is nobody’s is an error that counts neither way', () => {
    const cluster = new TestCluster();
    const ports = [{ name: 'http', containerPort: 8080 }];
    cluster.pod('web', { ports, readinessProbe: { httpGet: { port: 'http' } } });
    expect(cluster.isReady('web')).toBe(true);
    cluster.pod('bad', { ports, readinessProbe: { httpGet: { port: 'web' } } });
    expect(cluster.events('bad').at(-1)).toBe(
      'Unhealthy Readiness probe errored and resulted in unknown state: strconv.Atoi: parsing "web": invalid syntax',
    );
    expect(cluster.isReady('bad')).toBe(false);
  });
});

describe('what went wrong is said in the kubelet’s words', () => {
  const last = (cluster: TestCluster) => cluster.events('web').at(-1);

  test('nobody listens', () => {
    const cluster = new TestCluster();
    cluster.pod('web', { readinessProbe: { httpGet: { path: '/x?y=1', port: 81 } } });
    expect(last(cluster)).toBe(
      'Unhealthy Readiness probe failed: Get "http://10.244.0.2:81/x?y=1": dial tcp 10.244.0.2:81: connect: connection refused',
    );
  });

  test('no answer within timeoutSeconds', () => {
    const cluster = behaving({ latency: 1500 });
    cluster.pod('web', { readinessProbe: { httpGet, timeoutSeconds: 1 } });
    cluster.advance(1);
    expect(last(cluster)).toBe(
      'Unhealthy Readiness probe failed: Get "http://10.244.0.2:8080/healthz": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    );
    cluster.pod('patient', { readinessProbe: { httpGet, timeoutSeconds: 2 } });
    cluster.advance(1.5);
    expect(cluster.isReady('patient')).toBe(true);
  });

  test('a status below 200 or from 400 on', () => {
    const cluster = behaving({ paths: { '/healthz': 404, '/moved': 302 } });
    cluster.pod('web', { readinessProbe: { httpGet } });
    expect(last(cluster)).toBe('Unhealthy Readiness probe failed: HTTP probe failed with statuscode: 404');
    cluster.pod('moved', { readinessProbe: { httpGet: { path: '/moved', port: 8080 } } });
    expect(cluster.isReady('moved')).toBe(true);
  });

  test('a redirect on the same host is followed', () => {
    const cluster = new TestCluster();
    const probe = { httpGet: { path: '/redirect/2', port: 80 } };
    cluster.pod('web', { image: 'kennethreitz/httpbin', readinessProbe: probe });
    return cluster.flush().then(() => {
      expect(cluster.isReady('web')).toBe(true);
      expect(cluster.logs('web').filter((text) => text.includes('GET /get'))).toHaveLength(1);
    });
  });

  test('tcpSocket', () => {
    const cluster = new TestCluster();
    cluster.pod('db', { image: 'postgres:16', readinessProbe: { tcpSocket: { port: 5432 } } });
    expect(cluster.isReady('db')).toBe(true);
    cluster.pod('web', { readinessProbe: { tcpSocket: { port: 99 } } });
    expect(last(cluster)).toBe('Unhealthy Readiness probe failed: dial tcp 10.244.0.3:99: connect: connection refused');
  });

  test('grpc', () => {
    const cluster = new TestCluster();
    cluster.pod('ok', { readinessProbe: { grpc: { port: 8080 } } });
    expect(cluster.isReady('ok')).toBe(true);
    cluster.pod('web', { readinessProbe: { grpc: { port: 99 } } });
    expect(last(cluster)).toBe(
      'Unhealthy Readiness probe failed: timeout: failed to connect service "10.244.0.3:99" within 1s: context deadline exceeded',
    );
  });

  test('grpc.health.v1.Health says whether it serves', () => {
    const cluster = new TestCluster();
    const image = 'registry.k8s.io/e2e-test-images/agnhost:2.40';
    const readinessProbe = { grpc: { port: 5000, service: 'main' }, periodSeconds: 1, failureThreshold: 1 };
    const pod = cluster.pod('web', { image, args: ['grpc-health-checking'], readinessProbe });
    expect(cluster.isReady('web')).toBe(true);
    cluster.ask(pod.status?.podIP ?? '', 8080, '/make-not-serving');
    cluster.advance(1);
    expect(last(cluster)).toBe('Unhealthy Readiness probe failed: service unhealthy (responded with "NOT_SERVING")');
    expect(cluster.isReady('web')).toBe(false);
  });

  test('HTTPS asks who speaks TLS', () => {
    const cluster = new TestCluster();
    const httpsGet = { path: '/', port: 8443, scheme: 'HTTPS' as const };
    cluster.pod('secure', { ports: [{ containerPort: 8443 }], readinessProbe: { httpGet: httpsGet } });
    expect(cluster.isReady('secure')).toBe(true);
    cluster.pod('web', { image: 'nginx', readinessProbe: { httpGet: { ...httpsGet, port: 80 } } });
    expect(last(cluster)).toBe(
      'Unhealthy Readiness probe failed: Get "https://10.244.0.3:80/": http: server gave HTTP response to HTTPS client',
    );
    const other = new TestCluster();
    other.pod('web', { ports: [{ containerPort: 8443 }], readinessProbe: { httpGet: { path: '/', port: 8443 } } });
    expect(last(other)).toBe('Unhealthy Readiness probe failed: HTTP probe failed with statuscode: 400');
  });

  test('a command that is not simulated succeeds, and that is said once', () => {
    const cluster = new TestCluster();
    const readinessProbe = { exec: { command: ['cat', '/tmp/healthy'] } };
    cluster.pod('a', { readinessProbe });
    cluster.pod('b', { readinessProbe });
    expect(cluster.isReady('a') && cluster.isReady('b')).toBe(true);
    expect(cluster.notices).toEqual([
      'exec in container web (example/web:1.0): this command is not simulated; "cat /tmp/healthy" counts as success',
    ]);
  });
});

test('readyAfter holds back every kind of probe', () => {
  const cluster = behaving({ readyAfter: 15_000 });
  const probes = [
    { httpGet },
    { tcpSocket: { port: 8080 } },
    { grpc: { port: 8080 } },
    { exec: { command: ['true'] } },
  ];
  for (const [index, readinessProbe] of probes.entries()) cluster.pod(`web${index}`, { readinessProbe });
  cluster.advance(19.9);
  expect(probes.map((_probe, index) => cluster.isReady(`web${index}`))).toEqual([false, false, false, false]);
  cluster.advance(0.1);
  expect(probes.map((_probe, index) => cluster.isReady(`web${index}`))).toEqual([true, true, true, true]);
});

describe('liveness', () => {
  test('failing restarts the container with back-off', () => {
    const cluster = behaving({ paths: { '/healthz': 500 } });
    cluster.pod('web', { livenessProbe: { httpGet, initialDelaySeconds: 5, periodSeconds: 10, failureThreshold: 3 } });
    cluster.advance(24.9);
    expect(cluster.container('web').restartCount).toBe(0);
    cluster.advance(0.1);
    expect(cluster.container('web')).toMatchObject({
      restartCount: 1,
      state: { running: { startedAt: '2026-01-01T00:00:25Z' } },
    });
    expect(cluster.events('web')).toEqual(
      expect.arrayContaining([
        'Unhealthy Liveness probe failed: HTTP probe failed with statuscode: 500 x3',
        'Killing Container web failed liveness probe, will be restarted',
      ]),
    );
    cluster.advance(25);
    expect(cluster.container('web').state?.waiting?.reason).toBe('CrashLoopBackOff');
  });

  test('restartPolicy Never: the pod ends', () => {
    const cluster = behaving({ paths: { '/healthz': 500 } });
    cluster.pod('web', { livenessProbe: { httpGet, failureThreshold: 1 } }, { restartPolicy: 'Never' });
    expect(cluster.get('web').status?.phase).toBe('Succeeded');
  });

  test('the probe’s own grace period wins', () => {
    const cluster = behaving({ paths: { '/healthz': 500 }, latency: 0 });
    const livenessProbe = { tcpSocket: { port: 1 }, failureThreshold: 1, terminationGracePeriodSeconds: 3 };
    cluster.pod('box', { image: 'busybox', command: ['sleep', '1d'], livenessProbe });
    cluster.advance(2.9);
    expect(cluster.container('box').restartCount).toBe(0);
    cluster.advance(0.1);
    expect(cluster.container('box')).toMatchObject({ restartCount: 1, lastState: { terminated: { exitCode: 137 } } });
  });

  test('a pod that is going is not killed for bad health', () => {
    const cluster = new TestCluster();
    const lifecycle = { preStop: { sleep: { seconds: 20 } } };
    cluster.pod('web', {
      lifecycle,
      livenessProbe: { tcpSocket: { port: 1 }, periodSeconds: 1, initialDelaySeconds: 1, failureThreshold: 3 },
    });
    cluster.delete('web');
    cluster.advance(15);
    expect(cluster.events('web').filter((event) => event.startsWith('Unhealthy'))).toEqual([]);
  });
});

describe('startup', () => {
  test('holds the other probes back, and readiness is asked as soon as it succeeded', () => {
    const cluster = behaving({ startup: 12_000 });
    cluster.pod('web', {
      startupProbe: { httpGet, periodSeconds: 5, failureThreshold: 10 },
      livenessProbe: { httpGet, periodSeconds: 1, failureThreshold: 1 },
      readinessProbe: { httpGet },
    });
    cluster.advance(14.9);
    expect(cluster.container('web')).toMatchObject({ started: false, ready: false, restartCount: 0 });
    cluster.advance(0.1);
    expect(cluster.container('web')).toMatchObject({ started: true, ready: true, restartCount: 0 });
  });

  test('failing for good restarts the container', () => {
    const cluster = behaving({ startup: 60_000 });
    cluster.pod('web', { startupProbe: { httpGet, periodSeconds: 5, failureThreshold: 3 } });
    cluster.advance(10);
    expect(cluster.container('web').restartCount).toBe(1);
    expect(cluster.events('web')).toContain('Killing Container web failed startup probe, will be restarted');
  });

  test('without one the container has started when it runs', () => {
    const cluster = new TestCluster();
    cluster.pod('web', { readinessProbe: { httpGet, initialDelaySeconds: 60 } });
    expect(cluster.container('web')).toMatchObject({ started: true, ready: false });
  });
});

test('a restarted container is probed from its own start', () => {
  const cluster = new TestCluster();
  cluster.pod('web', { readinessProbe: { httpGet, initialDelaySeconds: 10 } });
  cluster.advance(15);
  expect(cluster.isReady('web')).toBe(true);
  cluster.kubelet.crash('default', 'web');
  expect(cluster.isReady('web')).toBe(false);
  cluster.advance(9.9);
  expect(cluster.isReady('web')).toBe(false);
  cluster.advance(0.1);
  expect(cluster.isReady('web')).toBe(true);
});

test('probes that go on succeeding write nothing', () => {
  const cluster = new TestCluster();
  for (let i = 0; i < 20; i++) cluster.pod(`web${i}`, { readinessProbe: { httpGet }, livenessProbe: { httpGet } });
  const before = cluster.client.revision;
  cluster.advance(600);
  expect(cluster.client.revision).toBe(before);
});

describe('commands run in the container', () => {
  const box = (script: string, command: string[], probe = {}) => {
    const cluster = new TestCluster();
    const livenessProbe = { exec: { command }, periodSeconds: 5, ...probe };
    cluster.pod('box', { image: 'busybox', ports: [], command: ['sh', '-c', script], livenessProbe });
    return cluster;
  };

  test('the lesson of the documentation: a file that goes after 30 seconds', () => {
    const cluster = box('touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600', ['cat', '/tmp/healthy']);
    cluster.advance(29);
    expect(cluster.events('box').some((event) => event.startsWith('Unhealthy'))).toBe(false);
    cluster.advance(15);
    expect(cluster.events('box')).toContain(
      "Unhealthy Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory\n x3",
    );
    expect(cluster.events('box')).toContain('Killing Container web failed liveness probe, will be restarted');
    cluster.advance(31);
    expect(cluster.container('box').restartCount).toBe(1);
  });

  test('a command that takes too long', () => {
    const cluster = box('sleep 1d', ['sleep', '5'], { failureThreshold: 100 });
    cluster.advance(3);
    expect(cluster.events('box').at(-1)).toBe(
      'Unhealthy Liveness probe failed: command timed out: "sleep 5" timed out after 1s',
    );
  });

  test('wget and curl ask the network', () => {
    const cluster = new TestCluster();
    const readinessProbe = (url: string) => ({ exec: { command: ['curl', '-sf', url] } });
    cluster.pod('good', { image: 'nginx', readinessProbe: readinessProbe('http://localhost/') });
    cluster.pod('bad', { image: 'nginx', readinessProbe: readinessProbe('http://localhost/none') });
    expect([cluster.isReady('good'), cluster.isReady('bad')]).toEqual([true, false]);
  });
});
