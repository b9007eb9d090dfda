import { describe, expect, test } from 'vitest';
import { ContainerLog } from '../container-log.ts';
import { TestCluster } from '../testing/test-cluster.ts';

const script = (text: string) => ({ image: 'busybox', command: ['sh', '-c', text] });

test('start-up lines, access lines, tail', () => {
  const cluster = new TestCluster();
  const ip = cluster.pod('web', { image: 'nginx:1.27' }).status?.podIP ?? '';
  cluster.advance(3);
  cluster.ask(ip, 80, '/a?b', ['user-agent', 'curl/8.5.0']);
  const lines = cluster.logs('web');
  expect(lines.at(-1)).toMatch(
    /^10\.0\.0\.99 - - \[01\/Jan\/2026:00:00:03 \+0000\] "GET \/a\?b HTTP\/1\.1" 404 \d+ "-" "curl\/8\.5\.0"/,
  );
  expect(lines.length).toBeGreaterThan(1);
  expect(cluster.logs('web', { tailLines: 1 })).toEqual(lines.slice(-1));
  expect(cluster.logs('web', { tailLines: 0 })).toEqual([]);
});

test('the previous life is kept; between two lives it is the last one', () => {
  const cluster = new TestCluster();
  cluster.pod('box', script('echo life; sleep 100'));
  const previous = () => cluster.logs('box', { previous: true });
  expect(previous).toThrow('previous terminated container "web" in pod "box" not found');
  cluster.kubelet.crash('default', 'box');
  expect(previous()).toEqual(['life']);
  cluster.kubelet.crash('default', 'box');
  expect(cluster.container('box').state?.waiting?.reason).toBe('CrashLoopBackOff');
  expect(previous()).toEqual(['life']);
  expect(cluster.logs('box')).toEqual(['life']);
});

describe('what is wanted of a log', () => {
  const every = () => {
    const cluster = new TestCluster();
    cluster.pod('box', script('for i in 1 2 3; do echo n$i; sleep 1.25; done; sleep 100'));
    cluster.advance(10);
    return cluster;
  };

  test('times as the kubelet prints them', () => {
    expect(every().logs('box', { timestamps: true })).toEqual([
      '2026-01-01T00:00:00.000000000Z n1',
      '2026-01-01T00:00:01.250000000Z n2',
      '2026-01-01T00:00:02.500000000Z n3',
    ]);
  });

  test('since: seconds back, or a time', () => {
    const cluster = every();
    expect(cluster.logs('box', { sinceSeconds: 8 })).toEqual(['n3']);
    expect(cluster.logs('box', { sinceTime: Date.UTC(2026, 0, 1, 0, 0, 1) })).toEqual(['n2', 'n3']);
  });

  test('a limit cuts within a line', () => {
    const { kubelet } = every();
    expect(kubelet.connection.logs('default', 'box', { limitBytes: 5 }).text).toBe('n1\nn2');
  });

  test('follow tells what comes, and ends with the container', () => {
    const cluster = new TestCluster();
    cluster.pod('box', script('echo a; sleep 1; echo b; sleep 1; echo c'), { restartPolicy: 'Never' });
    const { text, follow } = cluster.kubelet.connection.logs('default', 'box', { follow: true });
    const said = [text];
    follow?.(
      (piece) => said.push(piece),
      () => said.push('end'),
    );
    cluster.advance(5);
    expect(said).toEqual(['a\n', 'b\n', 'c\n', 'end']);
    expect(cluster.kubelet.connection.logs('default', 'box', { follow: true }).follow).toBeUndefined();
  });

  test('who stops to follow hears no more', () => {
    const cluster = new TestCluster();
    cluster.pod('box', script('while sleep 1; do echo x; done'));
    const said: string[] = [];
    const { follow } = cluster.kubelet.connection.logs('default', 'box', { follow: true, limitBytes: 100 });
    const stop = follow?.(
      (piece) => said.push(piece),
      () => said.push('end'),
    );
    cluster.advance(2);
    stop?.();
    cluster.advance(5);
    expect(said).toEqual(['x\n', 'x\n']);
  });
});

test('errors in the words of the API server and the kubelet', () => {
  const cluster = new TestCluster();
  const containers = ['a', 'b'].map((name) => ({ name, image: name }));
  cluster.pod('two', {}, { containers });
  cluster.pod('three', {}, { containers, initContainers: [{ name: 'i', image: 'busybox', command: ['false'] }] });
  const logs =
    (pod: string, options = {}) =>
    () =>
      cluster.logs(pod, options);
  expect(logs('two')).toThrow(/^a container name must be specified for pod two, choose one of: \[a b\]$/);
  expect(logs('three')).toThrow(
    'a container name must be specified for pod three, choose one of: [a b] or one of the init containers: [i]',
  );
  expect(logs('three', { container: 'a' })).toThrow(
    'container "a" in pod "three" is waiting to start: PodInitializing',
  );
  expect(logs('two', { container: 'c' })).toThrow('container c is not valid for pod two');
  expect(logs('none')).toThrow('pods "none" not found');
  cluster.pod('bad', { image: 'ngnix' });
  expect(logs('bad')).toThrow(`container "web" in pod "bad" is waiting to start: image can't be pulled`);
  cluster.advance(2);
  expect(logs('bad')).toThrow('container "web" in pod "bad" is waiting to start: trying and failing to pull image');
  cluster.pod('lacking', { envFrom: [{ secretRef: { name: 's' } }] });
  expect(logs('lacking')).toThrow('container "web" in pod "lacking" is waiting to start: CreateContainerConfigError');
  cluster.pod('unscheduled', {}, { nodeName: '' });
  expect(logs('unscheduled')()).toEqual([]);
  expect(logs('two', { container: 'a', tailLines: -1, limitBytes: 0, sinceSeconds: 0 })).toThrow(
    'PodLogOptions "two" is invalid: [tailLines: Invalid value: -1: must be greater than or equal to 0, limitBytes: Invalid value: 0: must be greater than 0, sinceSeconds: Invalid value: 0: must be greater than 0]',
  );
});

test('where a port-forward leads', () => {
  const cluster = new TestCluster();
  const ip = cluster.pod('web').status?.podIP;
  const podIp = (name: string) => () => cluster.kubelet.connection.podIp('default', name);
  expect(podIp('web')()).toBe(ip);
  cluster.pod('unscheduled', {}, { nodeName: '' });
  expect(podIp('unscheduled')).toThrow('pod unscheduled does not have a host assigned');
  cluster.pod('done', script('true'), { restartPolicy: 'Never' });
  expect(podIp('done')).toThrow('pod not found ("done_default")');
  expect(podIp('none')).toThrow('pods "none" not found');
});

test('a log is bounded: the newest lines stay, in order', () => {
  const log = new ContainerLog();
  for (let i = 0; i < 2500; i++) log.add(i, `line ${i}`);
  const lines = log.lines().map(({ text }) => text);
  expect(lines).toHaveLength(1000);
  expect(lines[0]).toBe('line 1500');
  expect(lines.at(-1)).toBe('line 2499');
  log.add(0, 'x'.repeat(100_000));
  expect(log.lines(1)[0]?.text).toHaveLength(16_384);
});
