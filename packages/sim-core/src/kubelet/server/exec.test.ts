import { describe, expect, test } from 'vitest';
import type { ExecRequest } from '../../kube-apiserver/kubelet-connection.ts';
import { TestCluster } from '../testing/test-cluster.ts';

/** Runs a command in a pod and waits so many seconds for it. */
function run(
  cluster: TestCluster,
  pod: string,
  command: string[],
  options: Partial<ExecRequest> & { input?: string; seconds?: number } = {},
) {
  const seen = { out: '', err: '', code: undefined as number | undefined, message: undefined as string | undefined };
  const { input, seconds = 300, ...request } = options;
  const process = cluster.kubelet.connection.exec(
    'default',
    pod,
    { command, stdin: input !== undefined, stdout: true, stderr: true, tty: false, ...request },
    {
      stdout: (text) => {
        seen.out += text;
      },
      stderr: (text) => {
        seen.err += text;
      },
      exit: (code, message) => {
        seen.code = code;
        seen.message = message;
      },
    },
  );
  if (input !== undefined) {
    process.stdin(new TextEncoder().encode(input));
    if (request.tty !== true) process.endStdin();
  }
  cluster.advance(seconds);
  return { ...seen, process, seen };
}

function box(image = 'busybox:1.36', container = {}) {
  const cluster = new TestCluster();
  cluster.pod('box', { image, command: ['sleep', 'infinity'], ports: [], ...container });
  const sh = (script: string, options = {}) => run(cluster, 'box', ['sh', '-c', script], options);
  return { cluster, sh };
}

describe('scripts', () => {
  test.each<[string, string, number]>([
    ['echo one; echo two >&2', 'one\n', 0],
    ['echo hello | tr a-z A-Z | cat', 'HELLO\n', 0],
    ['printf "%s-%d\\n" a 1 b 2', 'a-1\nb-2\n', 0],
    ['seq 1 5 | while read n; do echo "<$n>"; done', '<1>\n<2>\n<3>\n<4>\n<5>\n', 0],
    ['i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; done', '1\n2\n3\n', 0],
    ['for f in /etc/host*; do echo $f; done', '/etc/hostname\n/etc/hosts\n', 0],
    ['case foo.txt in *.md) echo md;; *.txt) echo txt;; esac', 'txt\n', 0],
    ['f() { echo "$1 of $#"; return 3; }; f a b; echo $?', 'a of 2\n3\n', 0],
    ['cat <<EOF\nx $((2*3)) $(echo y)\nEOF', 'x 6 y\n', 0],
    ["cat <<'EOF'\n$HOME\nEOF", '$HOME\n', 0],
    ['X="a b"; for w in $X "$X"; do echo [$w]; done', '[a]\n[b]\n[a b]\n', 0],
    ['echo ${Y:-d} ${#HOME} ${PWD%/}x', 'd 5 x\n', 0],
    ['false || echo or; true && echo and', 'or\nand\n', 0],
    ['set -e; false; echo never', '', 1],
    ['exit 42', '', 42],
    ['yes | head -2', 'y\ny\n', 0],
    ['echo a > /tmp/x; echo b >> /tmp/x; cat /tmp/x; wc -l < /tmp/x', 'a\nb\n2\n', 0],
    ['ls /nope 2>/dev/null || echo no', 'no\n', 0],
    ['ls /nope 2>&1', 'ls: /nope: No such file or directory\n', 1],
    ['sleep 3 & wait; echo done', 'done\n', 0],
    ['echo "a:b:c" | cut -d: -f2; echo "x y z" | awk \'{print $3}\'', 'b\nz\n', 0],
    ['printf "b\\na\\nb\\n" | sort | uniq -c', '      1 a\n      2 b\n', 0],
    ['echo foo | sed "s/o/0/g"', 'f00\n', 0],
    ['grep -c "" /etc/resolv.conf', '3\n', 0],
    ['(cd /tmp && pwd); pwd', '/tmp\n/\n', 0],
    ['trap "echo bye" EXIT; echo hi', 'hi\nbye\n', 0],
    ['timeout 2 sleep 100; echo $?', '143\n', 0],
  ])('%s', (script, out, code) => {
    expect(box().sh(script)).toMatchObject({ out, code });
  });

  test('words of the shell for what is wrong', () => {
    expect(box().sh('nonsense')).toMatchObject({ err: 'sh: nonsense: not found\n', code: 127 });
    expect(box().sh('if true; then')).toMatchObject({ err: 'sh: syntax error: unexpected end of file\n', code: 2 });
    expect(box().sh('echo $((1/0))')).toMatchObject({ err: 'sh: divide by zero\n', code: 2 });
    expect(box('nginx:1.27').sh('nonsense')).toMatchObject({ err: 'sh: 1: nonsense: not found\n', code: 127 });
    const { cluster } = box('nginx:1.27');
    expect(run(cluster, 'box', ['bash', '-c', 'nonsense'])).toMatchObject({
      err: 'bash: line 1: nonsense: command not found\n',
      code: 127,
    });
  });
});

describe('hostile scripts', () => {
  test('a loop without end is killed when the client goes', () => {
    const { cluster } = box();
    const { process, seen } = run(cluster, 'box', ['sh', '-c', 'while true; do :; done'], { seconds: 5 });
    expect(seen.code).toBeUndefined();
    process.kill();
    expect(seen.code).toBe(137);
  });

  test.each([
    'x=aaaaaaaaaa; while true; do x=$x$x; done',
    'f() { f; }; f',
    'a() { a | a; }; a',
    'eval "eval \'eval echo\'"',
    'yes > /tmp/full',
    'while true; do echo xxxxxxxxxx >> /tmp/full; done',
    'echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | grep -E "(a+)+\\$b"',
    'sh -c "$0" "$0"',
    'kill -9 $$; kill -9 1',
    'seq 1 1000000000 | tail -1',
    'exec 3>&1; echo x >&3',
    '. /dev/stdin',
  ])('%s', (script) => {
    const { cluster } = box();
    const began = performance.now();
    run(cluster, 'box', ['sh', '-c', script], { seconds: 20 });
    expect(performance.now() - began).toBeLessThan(5000);
    expect(cluster.failures).toEqual([]);
  });
});

describe('who can be executed', () => {
  test('a name that is not there', () => {
    const { cluster } = box();
    const { message } = run(cluster, 'box', ['foo']);
    expect(message).toMatch(
      /^failed to exec in container: failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: exec failed: unable to start container process: exec: "foo": executable file not found in \$PATH: unknown$/,
    );
    expect(run(cluster, 'box', ['/foo']).message).toContain(
      'exec: "/foo": stat /foo: no such file or directory: unknown',
    );
    expect(run(cluster, 'box', ['bash']).message).toContain(
      'exec: "bash": executable file not found in $PATH: unknown',
    );
  });

  test('images without a shell', () => {
    const cluster = new TestCluster();
    cluster.pod('who', { image: 'traefik/whoami' });
    expect(run(cluster, 'who', ['sh']).message).toContain('exec: "sh": executable file not found in $PATH: unknown');
    expect(run(cluster, 'who', ['ls']).message).toContain('exec: "ls": executable file not found in $PATH: unknown');
  });

  test('errors before anything runs', () => {
    const { cluster } = box();
    const exec = (pod: string, container?: string) => () => run(cluster, pod, ['ls'], container ? { container } : {});
    expect(exec('none')).toThrow('pods "none" not found');
    expect(exec('box', 'c')).toThrow('container c is not valid for pod box');
    cluster.pod('done', { image: 'busybox', command: ['true'] }, { restartPolicy: 'Never' });
    expect(exec('done')).toThrow('container not found ("web")');
    cluster.pod('unscheduled', {}, { nodeName: '' });
    expect(exec('unscheduled')).toThrow('pod unscheduled does not have a host assigned');
  });

  test('a process ends with its container', () => {
    const { cluster } = box();
    const { seen } = run(cluster, 'box', ['sleep', '1000'], { seconds: 1 });
    cluster.kubelet.crash('default', 'box');
    expect(seen.code).toBe(137);
  });
});

describe('input and terminals', () => {
  test('standard input goes to the command', () => {
    const { cluster } = box();
    expect(run(cluster, 'box', ['cat'], { input: 'a\nb\n' })).toMatchObject({ out: 'a\nb\n', code: 0 });
    expect(run(cluster, 'box', ['sh'], { input: 'echo $((1+1))\nfalse\n' })).toMatchObject({ out: '2\n', code: 1 });
    expect(run(cluster, 'box', ['sh'], { input: 'for i in 1 2\ndo echo $i\ndone\ncat\nrest\n' }).out).toBe(
      '1\n2\nrest\n',
    );
  });

  test('a shell with a prompt, echo and line editing', () => {
    const { cluster } = box();
    const { out, code } = run(cluster, 'box', ['sh'], { input: 'echo hx\x7fi\rexit 3\r', tty: true });
    expect(out).toBe('/ # echo hx\b \bi\r\nhi\r\n/ # exit 3\r\n');
    expect(code).toBe(3);
  });

  test('Ctrl-C ends the command, not the shell; Ctrl-D ends the shell', () => {
    const { cluster } = box();
    const { process, seen } = run(cluster, 'box', ['sh'], { input: 'sleep 100\r', tty: true, seconds: 1 });
    process.stdin(new Uint8Array([3]));
    expect(seen.out).toBe('/ # sleep 100\r\n^C\r\n/ # ');
    process.stdin(new TextEncoder().encode('echo $?\r\x04'));
    expect(seen.out).toBe('/ # sleep 100\r\n^C\r\n/ # echo $?\r\n130\r\n/ # ');
    expect(seen.code).toBe(130 - 130);
  });

  test('the arrow keys bring earlier lines back', () => {
    const { cluster } = box();
    const { out } = run(cluster, 'box', ['sh'], { input: 'echo a\r\x1b[A\rexit\r', tty: true });
    expect(out).toContain('/ # echo a\r\na\r\n/ # exit\r\n');
  });
});

describe('files', () => {
  test('what the kubelet writes', () => {
    const { sh } = box();
    expect(sh('cat /etc/hostname; tail -1 /etc/hosts').out).toMatch(/^box\n10\.244\.0\.\d+\tbox\n$/);
    expect(sh('cat /etc/resolv.conf').out).toBe(
      'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
    );
    expect(sh('cat /var/run/secrets/kubernetes.io/serviceaccount/namespace').out).toBe('default');
    expect(sh('ls /var/run/secrets/kubernetes.io/serviceaccount').out).toBe('ca.crt\nnamespace\ntoken\n');
  });

  test('ConfigMaps and Secrets, as they are now', () => {
    const cluster = new TestCluster();
    cluster.configMap('settings', { 'app.yaml': 'a: 1\n', other: 'x' });
    cluster.secret('keys', { password: 'geheim' });
    cluster.pod(
      'box',
      {
        image: 'busybox',
        command: ['sleep', '1d'],
        volumeMounts: [
          { name: 'c', mountPath: '/config' },
          { name: 'c', mountPath: '/etc/one.yaml', subPath: 'app.yaml' },
          { name: 's', mountPath: '/keys/' },
        ],
      },
      {
        volumes: [
          { name: 'c', configMap: { name: 'settings' } },
          { name: 's', secret: { secretName: 'keys' } },
        ],
      },
    );
    const out = (script: string) => run(cluster, 'box', ['sh', '-c', script], { seconds: 1 });
    expect(out('ls /config; cat /config/app.yaml /keys/password /etc/one.yaml').out).toBe(
      'app.yaml\nother\na: 1\ngeheima: 1\n',
    );
    expect(out('echo x > /config/y')).toMatchObject({
      err: "sh: can't create /config/y: Read-only file system\n",
      code: 1,
    });
  });

  test('an emptyDir is shared by the containers of a pod, other files are not', () => {
    const cluster = new TestCluster();
    const container = (name: string) => ({
      name,
      image: 'busybox',
      command: ['sleep', '1d'],
      volumeMounts: [{ name: 'd', mountPath: '/data' }],
    });
    cluster.pod('two', {}, { containers: [container('a'), container('b')], volumes: [{ name: 'd', emptyDir: {} }] });
    run(cluster, 'two', ['sh', '-c', 'echo shared > /data/x; echo own > /tmp/y'], { container: 'a', seconds: 1 });
    expect(run(cluster, 'two', ['cat', '/data/x', '/tmp/y'], { container: 'b', seconds: 1 })).toMatchObject({
      out: 'shared\n',
      err: "cat: can't open '/tmp/y': No such file or directory\n",
      code: 1,
    });
  });

  test('files live as long as their container', () => {
    const { cluster, sh } = box();
    expect(sh('echo x > /tmp/a; cat /tmp/a', { seconds: 1 }).out).toBe('x\n');
    cluster.kubelet.crash('default', 'box');
    cluster.advance(30);
    expect(sh('cat /tmp/a', { seconds: 1 }).code).toBe(1);
  });
});

describe('the network', () => {
  function lab() {
    const { cluster, sh } = box('nicolaka/netshoot');
    cluster.pod('web');
    cluster.service('web', { clusterIP: '10.96.0.20' });
    cluster.service('empty', { clusterIP: '10.96.0.21', selector: { app: 'nobody' } });
    const bb = new TestCluster();
    bb.pod('box', { image: 'busybox:1.36', command: ['sleep', '1d'] });
    bb.pod('web');
    bb.service('web', { clusterIP: '10.96.0.20' });
    bb.service('empty', { clusterIP: '10.96.0.21', selector: { app: 'nobody' } });
    return { cluster, sh, bb: (script: string, options = {}) => run(bb, 'box', ['sh', '-c', script], options) };
  }

  test.each<[string, Record<string, unknown>]>([
    ['curl -s http://web', { out: expect.stringMatching(/^web 1\.0\n/), err: '', code: 0 }],
    ["curl -s -o /dev/null -w '%{http_code}\\n' web", { out: '200\n', code: 0 }],
    ['curl -s http://nobody', { out: '', err: '', code: 6 }],
    ['curl -sS http://nobody', { err: 'curl: (6) Could not resolve host: nobody\n', code: 6 }],
    [
      'curl -sS http://empty',
      { err: 'curl: (7) Failed to connect to empty port 80 after 0 ms: Could not connect to server\n', code: 7 },
    ],
    ['curl -sS -m 3 http://10.9.9.9', { err: 'curl: (28) Connection timed out after 3001 milliseconds\n', code: 28 }],
    [
      'curl -sS --connect-timeout 2 http://10.9.9.9',
      { err: 'curl: (28) Failed to connect to 10.9.9.9 port 80 after 2001 ms: Timeout was reached\n', code: 28 },
    ],
    ['curl -sI http://web', { out: expect.stringMatching(/^HTTP\/1\.1 200 OK\r\n/), code: 0 }],
    ['curl -s --resolve foo.test:80:10.96.0.20 http://foo.test/', { out: expect.stringMatching(/^web 1\.0/), code: 0 }],
    [
      'curl -sv http://web/x',
      {
        err: expect.stringMatching(
          /^\* Host web:80 was resolved\.\n\* IPv6: \(none\)\n\* IPv4: 10\.96\.0\.20\n\* {3}Trying 10\.96\.0\.20:80\.\.\.\n\* Connected to web \(10\.96\.0\.20\) port 80\n> GET \/x HTTP\/1\.1\n> Host: web\n> User-Agent: curl\/8\.14\.1\n> Accept: \*\/\*\n> \n< HTTP\/1\.1 200 OK\n/,
        ),
        code: 0,
      },
    ],
    ['curl', { code: 2 }],
    ['dig +short web.default.svc.cluster.local', { out: '10.96.0.20\n', code: 0 }],
    ['nc -zv web 80', { code: 0 }],
    ['ping -c 1 web', { out: expect.stringContaining('1 packets transmitted, 0 received, 100% packet loss'), code: 1 }],
  ])('%s', (script, expected) => {
    expect(lab().sh(script)).toMatchObject(expected);
  });

  test.each<[string, Record<string, unknown>]>([
    ['wget -q -O- http://web', { out: expect.stringMatching(/^web 1\.0\n/), err: '', code: 0 }],
    [
      'wget -O- web',
      { err: expect.stringMatching(/^Connecting to web \(10\.96\.0\.20:80\)\nwriting to stdout\n-/), code: 0 },
    ],
    ['wget -q -O- nobody', { err: "wget: bad address 'nobody'\n", code: 1 }],
    ['wget -q -O- empty', { err: "wget: can't connect to remote host (10.96.0.21): Connection refused\n", code: 1 }],
    ['wget -q -T 2 -O- 10.9.9.9', { err: 'wget: download timed out\n', code: 1 }],
    [
      'nslookup web.default.svc.cluster.local',
      {
        out: 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\tweb.default.svc.cluster.local\nAddress: 10.96.0.20\n\n\n',
        code: 0,
      },
    ],
    [
      'nslookup no.default.svc.cluster.local',
      { out: expect.stringContaining("** server can't find no.default.svc.cluster.local: NXDOMAIN\n\n"), code: 1 },
    ],
    [
      'ping -c 1 -W 1 10.96.0.20',
      { out: expect.stringContaining('1 packets transmitted, 0 packets received, 100% packet loss\n'), code: 1 },
    ],
  ])('%s', (script, expected) => {
    expect(lab().bb(script)).toMatchObject(expected);
  });

  test('ping of a pod is answered', () => {
    const { cluster, sh } = box();
    const ip = cluster.pod('web').status?.podIP;
    expect(sh(`ping -c 2 ${ip}`).out).toContain('2 packets transmitted, 2 packets received, 0% packet loss');
  });
});

test('ps shows the main process and the command itself', () => {
  const cluster = new TestCluster();
  cluster.pod('web', { image: 'nginx:alpine' });
  expect(run(cluster, 'web', ['ps']).out).toMatch(
    /^PID {3}USER {5}TIME {2}COMMAND\n {4}1 root .* nginx: master process nginx -g daemon off;\n {4}2 root .* ps\n$/,
  );
});

test('what is written to nginx’s document root is served, and so is a ConfigMap that is mounted there', () => {
  const cluster = new TestCluster();
  const ip = cluster.pod('web', { image: 'nginx:alpine' }).status?.podIP ?? '';
  const get = (address: string, path: string) => cluster.ask(address, 80, path).result;
  expect(get(ip, '/')).toMatchObject({ status: 200, body: expect.stringContaining('Welcome to nginx!') });
  run(cluster, 'web', ['sh', '-c', 'echo hello > /usr/share/nginx/html/index.html'], { seconds: 1 });
  expect(get(ip, '/')).toMatchObject({ status: 200, body: 'hello\n' });
  expect(get(ip, '/../../../etc/passwd')).toMatchObject({ status: 404 });
  cluster.configMap('pages', { 'a.txt': 'from a ConfigMap' });
  const mount = { name: 'html', mountPath: '/usr/share/nginx/html' };
  const pod = cluster.pod(
    'cm',
    { image: 'nginx', volumeMounts: [mount] },
    { volumes: [{ name: 'html', configMap: { name: 'pages' } }] },
  );
  expect(get(pod.status?.podIP ?? '', '/a.txt')).toMatchObject({ status: 200, body: 'from a ConfigMap' });
  expect(get(pod.status?.podIP ?? '', '/')).toMatchObject({ status: 403 });
});
