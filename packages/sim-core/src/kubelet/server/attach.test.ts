import { expect, test } from 'vitest';
import { TestCluster } from '../testing/test-cluster.ts';

function attach(cluster: TestCluster, pod: string, options = {}) {
  const seen = { out: '', err: '', code: undefined as number | undefined };
  const process = cluster.kubelet.connection.attach(
    'default',
    pod,
    { command: [], stdin: true, stdout: true, stderr: true, tty: false, ...options },
    {
      stdout: (text) => {
        seen.out += text;
      },
      stderr: (text) => {
        seen.err += text;
      },
      exit: (code) => {
        seen.code = code;
      },
    },
  );
  const type = (text: string) => process.stdin(new TextEncoder().encode(text));
  return { seen, process, type };
}

test('kubectl run -it: the shell talks to whoever is attached, and the log keeps it', () => {
  const cluster = new TestCluster();
  cluster.pod(
    'dbg',
    { image: 'busybox', args: ['sh'], stdin: true, stdinOnce: true, tty: true },
    { restartPolicy: 'Never' },
  );
  expect(cluster.isReady('dbg')).toBe(true);
  const { seen, type } = attach(cluster, 'dbg', { tty: true });
  expect(seen.out).toBe('/ # ');
  type('hostname\rexit 4\r');
  expect(seen).toEqual({ out: '/ # hostname\r\ndbg\r\n/ # exit 4\r\n', err: '', code: 0 });
  expect(cluster.container('dbg').state?.terminated?.exitCode).toBe(4);
  expect(cluster.logs('dbg')[1]).toBe('dbg\r');
});

test('the first client of a container that waits for input hears what was said before it came, later ones do not', () => {
  const cluster = new TestCluster();
  const args = ['sh', '-c', 'echo first; sleep 5; echo second'];
  cluster.pod('dbg', { image: 'busybox', args, stdin: true }, { restartPolicy: 'Never' });
  const { seen } = attach(cluster, 'dbg');
  expect(seen.out).toBe('first\n');
  expect(attach(cluster, 'dbg').seen.out).toBe('');
  cluster.clock.advanceTo(cluster.clock.now() + 5000);
  expect(seen).toEqual({ out: 'first\nsecond\n', err: '', code: 0 });
});

test('with stdinOnce the shell ends when its client has gone', () => {
  const cluster = new TestCluster();
  cluster.pod('dbg', { image: 'busybox', stdin: true, stdinOnce: true }, { restartPolicy: 'Never' });
  const { type, process, seen } = attach(cluster, 'dbg');
  type('echo hi\n');
  expect(seen.out).toBe('hi\n');
  process.kill();
  expect(cluster.get('dbg').status?.phase).toBe('Succeeded');
});

test('what an image runs by itself: curl, or the words behind it', () => {
  const cluster = new TestCluster();
  cluster.pod('web');
  cluster.service('web', { clusterIP: '10.96.0.20' });
  cluster.pod('a', { image: 'curlimages/curl', args: ['-s', 'http://web'] }, { restartPolicy: 'Never' });
  cluster.pod('b', { image: 'curlimages/curl', args: ['curl', '-s', 'http://web'] }, { restartPolicy: 'Never' });
  cluster.pod('c', { image: 'busybox', args: ['wget', '-qO-', 'http://web'] }, { restartPolicy: 'Never' });
  for (const pod of ['a', 'b', 'c']) expect(cluster.logs(pod)[0]).toBe('web 1.0');
});

test('a server shows its log lines to those who are attached', () => {
  const cluster = new TestCluster();
  const ip = cluster.pod('web', { image: 'nginx' }).status?.podIP ?? '';
  const { seen } = attach(cluster, 'web', { stdin: false });
  cluster.ask(ip, 80, '/x');
  expect(seen.out).toContain('"GET /x HTTP/1.1" 404');
});

test('kubectl debug: a container that is added to a running pod runs once, in the pod’s network', () => {
  const cluster = new TestCluster();
  const pod = cluster.pod('web', { image: 'traefik/whoami' });
  const debug = { name: 'dbg', image: 'busybox', stdin: true, tty: true, targetContainerName: 'web' };
  cluster.setSpec('web', { ...pod.spec, ephemeralContainers: [debug] });
  const status = () => cluster.get('web').status?.ephemeralContainerStatuses?.[0];
  expect(status()?.state?.running).toBeDefined();
  expect(cluster.isReady('web')).toBe(true);
  const { seen, type } = attach(cluster, 'web', { container: 'dbg', tty: true });
  type('wget -qO- localhost | head -1\rexit 1\r');
  expect(seen.out).toContain('Hostname: web\r\n');
  expect(status()?.state?.terminated?.exitCode).toBe(1);
  cluster.advance(60);
  expect(status()).toMatchObject({ restartCount: 0, state: { terminated: { exitCode: 1 } } });
  cluster.delete('web');
  cluster.advance(60);
  expect(cluster.find('web')).toBeUndefined();
});
