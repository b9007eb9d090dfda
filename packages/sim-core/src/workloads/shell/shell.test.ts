import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Container } from '../../api/core-v1/pod.ts';
import { TestCluster } from '../../kubelet/testing/test-cluster.ts';
import { sleepTime } from './commands/sleep.ts';
import { parseScript } from './parse.ts';

function run(script: string, container: Partial<Container> = {}) {
  const cluster = new TestCluster();
  cluster.pod(
    'box',
    { name: 'main', image: 'busybox:1.36', command: ['/bin/sh', '-c', script], ports: [], ...container },
    { restartPolicy: 'Never' },
  );
  const lines = () => cluster.logs('box');
  const exit = () => cluster.container('box').state?.terminated?.exitCode;
  return { cluster, lines, exit };
}

describe('lists', () => {
  test.each<[string, string[], number]>([
    ['echo a; echo b', ['a', 'b'], 0],
    ['true && echo yes || echo no', ['yes'], 0],
    ['false && echo yes || echo no', ['no'], 0],
    ['false', [], 1],
    ['exit 7; echo never', [], 7],
    ['! false && echo ok', ['ok'], 0],
    ['(echo in; echo side); { echo group; }', ['in', 'side', 'group'], 0],
    ['echo \'a  b\' "c  d" e\\ f', ['a  b c  d e f'], 0],
    ['echo one # comment\necho two', ['one', 'two'], 0],
    ['echo out > /tmp/file; echo err >&2; echo both 2>&1 | cat', ['err', 'both'], 0],
    ['if false; then echo a; elif true; then echo b; else echo c; fi', ['b'], 0],
    ['for i in 1 2 3; do echo n$i; done', ['n1', 'n2', 'n3'], 0],
    ['X=5; echo $X ${X} ${Y:-none} "$X" \'$X\' \\$X', ['5 5 none 5 $X $X'], 0],
    ['echo $(hostname) $(date)', ['box Thu Jan 1 00:00:00 UTC 2026'], 0],
    ['mkdir -p /data && touch /data/x && echo done', ['done'], 0],
    ['frobnicate || echo after', ['/bin/sh: frobnicate: not found', 'after'], 0],
    ['sh -c "echo nested; exit 3"', ['nested'], 3],
    ['', [], 0],
  ])('%j', (script, expected, code) => {
    const { lines, exit } = run(script);
    expect(exit()).toBe(code);
    expect(lines()).toEqual(expected);
  });
});

describe('time', () => {
  test('sleep takes its time', () => {
    const { cluster, exit } = run('sleep 5 && sleep 0.5');
    cluster.advance(5.4);
    expect(exit()).toBeUndefined();
    cluster.advance(0.1);
    expect(exit()).toBe(0);
  });

  test('a loop that logs every five seconds', () => {
    const { cluster, lines } = run('while true; do echo $(date) hello; sleep 5; done');
    cluster.advance(20);
    expect(lines()).toHaveLength(5);
    expect(lines().at(-1)).toBe('Thu Jan 1 00:00:20 UTC 2026 hello');
  });

  test('a loop that waits for nothing does not stop time', () => {
    const { cluster, lines } = run('while :; do echo x; done');
    cluster.advance(10);
    expect(lines().length).toBeLessThan(1012);
  });

  test('nested loops do not hold up the cluster', () => {
    const words = Array.from({ length: 40 }, (_, i) => i).join(' ');
    const loop = (body: string, variable: string) => `for ${variable} in ${words}; do ${body}; done`;
    const { cluster, exit } = run(loop(loop(loop(':', 'c'), 'b'), 'a'));
    cluster.advance(1);
    expect(exit()).toBeUndefined();
    cluster.advance(300);
    expect(exit()).toBe(0);
  });

  test('for ever: sleep infinity, tail -f', () => {
    for (const command of [
      ['sleep', 'infinity'],
      ['tail', '-f', '/dev/null'],
      ['/bin/sleep', '3650d'],
    ]) {
      const { cluster, exit } = run('', { command });
      cluster.advance(1e6);
      expect(exit()).toBeUndefined();
    }
  });

  test.each([
    [['1', '2'], 3000],
    [['0.5'], 500],
    [['2m'], 120_000],
    [['1d'], 86_400_000],
    [['infinity'], Number.POSITIVE_INFINITY],
    [['nonsense'], 0],
  ])('sleep %j', (words, milliseconds) => expect(sleepTime(words)).toBe(milliseconds));
});

describe('network', () => {
  test('wget prints the answer, from pod to pod by name', () => {
    const { cluster, lines } = run('until wget -q -O- http://web/; do echo waiting; sleep 2; done');
    expect(lines()).toEqual(["wget: bad address 'web'", 'waiting']);
    cluster.pod('web');
    cluster.service('web', { clusterIP: '10.96.0.10' });
    cluster.advance(2);
    expect(lines().slice(2)).toEqual(['web 1.0', 'pod web, node node-0, namespace default']);
  });

  test('the lesson’s loop fires its requests', () => {
    const { cluster, lines } = run('while sleep 0.05; do (wget -q -O- http://web &); done');
    cluster.pod('web');
    cluster.service('web', { clusterIP: '10.96.0.10' });
    cluster.advance(1);
    expect(lines().filter((line) => line === 'web 1.0').length).toBeGreaterThanOrEqual(19);
  });

  test('init containers wait for a name or a port', () => {
    const cluster = new TestCluster();
    const wait = (name: string, script: string) => ({ name, image: 'busybox', command: ['sh', '-c', script] });
    const initContainers = [
      wait('name', 'until nslookup db; do sleep 1; done'),
      wait('port', 'until nc -z db 5432; do sleep 1; done'),
    ];
    cluster.pod('app', {}, { initContainers });
    cluster.service('db', { clusterIP: '10.96.0.11', ports: [{ port: 5432, targetPort: 5432 }] });
    for (let i = 0; i < 5; i++) {
      cluster.advance(1);
    }
    expect(cluster.get('app').status?.initContainerStatuses?.[0]?.ready).toBe(true);
    expect(cluster.isReady('app')).toBe(false);
    cluster.pod('db', { image: 'postgres:16' });
    for (let i = 0; i < 5; i++) {
      cluster.advance(1);
    }
    expect(cluster.isReady('app')).toBe(true);
  });
});

describe('who runs what', () => {
  const app = { image: 'me/app:1', ports: [{ containerPort: 8080 }] };
  const answers = (container: Partial<Container>) => {
    const cluster = new TestCluster();
    const ip = cluster.pod('app', { ...app, ...container }).status?.podIP ?? '';
    return cluster.ask(ip, 8080).result;
  };

  test('args alone, or a command that is no shell’s, leave the image’s program', () => {
    expect(answers({ args: ['sleep', '5'] })).toMatchObject({ status: 200 });
    expect(answers({ command: ['python', 'app.py'] })).toMatchObject({ status: 200 });
    expect(answers({ command: ['/bin/sh', '/entrypoint.sh'] })).toMatchObject({ status: 200 });
  });

  test('a script hands over to the image’s program where it calls it', () => {
    expect(answers({ command: ['sh', '-c', 'echo ready && exec npm start'] })).toMatchObject({ status: 200 });
    expect(answers({ command: ['sh', '-c', 'sleep 10; npm start'] })).toBe('refused');
    expect(answers({ command: ['sleep', '3600'] })).toBe('refused');
  });

  test('a shell image without a command ends at once', () => {
    const cluster = new TestCluster();
    cluster.pod('box', { image: 'alpine' });
    expect(cluster.container('box').state?.waiting?.reason).toBe('CrashLoopBackOff');
  });
});

test('any text is read without failing', () => {
  const isRead = (text: string) => Object.keys(parseScript(text)).length === 1;
  const piece = fc.constantFrom(
    ';',
    '&&',
    '||',
    '|',
    '>',
    '<',
    '(',
    ')',
    '{',
    '}',
    'do',
    'done',
    'while',
    'if',
    'then',
    'fi',
    'for',
    'in',
    'x',
    '"',
    "'",
    '\\',
    '$(',
    '\n',
    '&',
    '#',
    ' ',
  );
  fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => isRead(pieces.join(' '))));
  fc.assert(fc.property(fc.string(), (text) => isRead(text)));
});
