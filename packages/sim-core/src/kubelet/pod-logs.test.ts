import { expect, test } from 'vitest';
import { ContainerLog } from './container-log.ts';
import { TestCluster } from './testing/test-cluster.ts';

const texts = (lines: { text: string }[]) => lines.map(({ text }) => text);

test('start-up lines, access lines, tail', () => {
  const cluster = new TestCluster();
  const ip = cluster.pod('web', { image: 'nginx:1.27' }).status?.podIP ?? '';
  cluster.advance(3);
  cluster.ask(ip, 80, '/a?b', ['user-agent', 'curl/8.5.0']);
  const lines = cluster.kubelet.logs('default', 'web');
  expect(lines.at(-1)).toEqual({
    at: cluster.clock.now(),
    text: '10.0.0.99 - - [01/Jan/2026:00:00:03 +0000] "GET /a?b HTTP/1.1" 404 129 "-" "curl/8.5.0"',
  });
  expect(lines.length).toBeGreaterThan(1);
  expect(cluster.kubelet.logs('default', 'web', { tail: 1 })).toEqual(lines.slice(-1));
});

test('the previous life is kept; between two lives it is the last one', () => {
  const cluster = new TestCluster();
  cluster.pod('box', { image: 'busybox', command: ['sh', '-c', 'echo life; sleep 100'] });
  const previous = () => texts(cluster.kubelet.logs('default', 'box', { previous: true }));
  expect(previous).toThrow('previous terminated container "web" in pod "box" not found');
  cluster.kubelet.crash('default', 'box');
  expect(previous()).toEqual(['life']);
  cluster.kubelet.crash('default', 'box');
  expect(cluster.container('box').state?.waiting?.reason).toBe('CrashLoopBackOff');
  expect(previous()).toEqual(['life']);
  expect(texts(cluster.kubelet.logs('default', 'box'))).toEqual(['life']);
});

test('errors in the words of kubectl logs', () => {
  const cluster = new TestCluster();
  cluster.pod(
    'two',
    {},
    {
      containers: [
        { name: 'a', image: 'a' },
        { name: 'b', image: 'b' },
      ],
    },
  );
  const logs =
    (pod: string, options = {}) =>
    () =>
      cluster.kubelet.logs('default', pod, options);
  expect(logs('two')).toThrow('a container name must be specified for pod two, choose one of: [a b]');
  expect(logs('two', { container: 'c' })).toThrow('container c is not valid for pod two');
  expect(logs('none')).toThrow('pods "none" not found');
  cluster.pod('bad', { image: 'ngnix' });
  expect(logs('bad')).toThrow('container "web" in pod "bad" is waiting to start: trying and failing to pull image');
  cluster.pod('lacking', { envFrom: [{ secretRef: { name: 's' } }] });
  expect(logs('lacking')).toThrow('container "web" in pod "lacking" is waiting to start: CreateContainerConfigError');
  cluster.pod('unscheduled', {}, { nodeName: '' });
  expect(logs('unscheduled')).toThrow('pod unscheduled does not have a host assigned');
});

test('a log is bounded: the newest lines stay, in order', () => {
  const log = new ContainerLog();
  for (let i = 0; i < 2500; i++) log.add(i, `line ${i}`);
  const lines = texts(log.lines());
  expect(lines).toHaveLength(1000);
  expect(lines[0]).toBe('line 1500');
  expect(lines.at(-1)).toBe('line 2499');
  log.add(0, 'x'.repeat(100_000));
  expect(log.lines(1)[0]?.text).toHaveLength(16_384);
});
