import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../support/tools.ts';
import { Workspace } from '../support/workspace.ts';

const place = new Workspace();
let kubeconfig = '';
beforeAll(async () => {
  const sandbox = place.start('canary', '--cloud-delay', '0s', '--no-load', '--output', 'json');
  kubeconfig = String((await sandbox.event('ready')).kubeconfig);
  await sandbox.event('settled');
  writeFileSync(join(place.folder, 'app.yaml'), APP);
  writeFileSync(join(place.folder, 'app2.yaml'), APP.replace('replicas: 2', 'replicas: 3'));
  writeFileSync(join(place.folder, 'bad.yaml'), APP.replace('replicas: 2', 'replica: 2'));
});
afterAll(() => place.clear());

const APP = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "nginx:1.25", ports: [{ containerPort: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;

/** Read: both ask for the same. */
const READS = [
  'get pods',
  'get pods -o wide -A',
  'get all',
  'get deploy netflix-frontend -o yaml',
  'get deploy -o json',
  'get svc,deploy -o name',
  'get deploy -o jsonpath={.items[*].metadata.name}',
  'get deploy -o custom-columns=NAME:.metadata.name,X:.nothing',
  'get pods --show-labels --sort-by=.metadata.name',
  'get pod nope',
  'get nothing',
  'get pods -n nowhere',
  'describe ingress canary',
  'describe deploy netflix-frontend',
  'describe svc netflix-frontend',
  'describe node node-1',
  'api-resources --api-group=apps',
  'auth can-i create pods',
  'rollout history deploy/netflix-frontend',
  'explain deploy.spec.replicas',
];

/** Write: each has a namespace of its own. */
const WRITES = [
  'apply -f app.yaml',
  'apply -f app.yaml',
  'apply -f app2.yaml --dry-run=server',
  'apply -f app2.yaml',
  'apply -f bad.yaml',
  'rollout status deploy/web',
  'scale deploy web --replicas=1',
  'set image deploy/web web=nginx:1.26',
  'rollout status deploy/web',
  'rollout undo deploy/web',
  'rollout status deploy/web',
  'rollout history deploy/web',
  'rollout restart deploy/nope',
  'patch deploy web --type=json -p [{"op":"replace","path":"/spec/x","value":2}]',
  'label deploy web a=b',
  'label deploy web a=c',
  'annotate deploy web a=b',
  'create deployment d --image=nginx --dry-run=client -o yaml',
  'create configmap c --from-literal=a=b',
  'create configmap c --from-literal=a=b',
  'run p --image=nginx',
  'wait --for=condition=Ready pod/p',
  'exec p -- echo hi',
  'expose deploy web --name=other --port=80',
  'wait --for=condition=Available deploy/web',
  'delete pod p --now',
  'delete -f app.yaml',
  'get cm',
];

interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** In front of `--`, behind which nothing is a flag. */
function inNamespace(line: string, namespace: string): string {
  const [head, ...program] = line.split(' -- ');
  return [`${head} -n ${namespace}`, ...program].join(' -- ');
}

const builtIn = async (line: string): Promise<Said> => {
  const { status, stdout, stderr } = await place.cli('kubectl', ...line.split(' '));
  return { status, stdout, stderr };
};

test('what it does not have it says by name', async () => {
  const { status, stderr } = await builtIn('debug pod/x');
  expect(status).toBe(2);
  expect(stderr).toMatch(/^this built-in kubectl has no `debug`; real kubectl works too: export KUBECONFIG=\S+\n$/);
});

test('applies, shows, deletes', async () => {
  expect((await builtIn('create namespace own')).stdout).toBe('namespace/own created\n');
  expect((await builtIn('apply -f app.yaml -n own')).stdout).toBe('deployment.apps/web created\nservice/web created\n');
  expect((await builtIn('get pods -n own')).stdout).toMatch(
    /^NAME +READY +STATUS +RESTARTS +AGE\nweb-\w+-\w+ +1\/1 +Running/,
  );
  expect((await builtIn('delete ns own')).stdout).toBe('namespace "own" deleted\n');
});

describe.skipIf(!available('kubectl'))('says what the real one says', () => {
  const real = (line: string): Said => {
    const env = { ...process.env, KUBECONFIG: kubeconfig, HOME: place.folder };
    const { status, stdout, stderr } = spawnSync('kubectl', line.split(' '), {
      cwd: place.folder,
      env,
      encoding: 'utf8',
      timeout: 60_000,
    });
    return { status, stdout, stderr };
  };
  const isSameVersion = () => real('version --client').stdout.includes('v1.33.');

  /** Ages, generated names and what only counts up differ between two calls. */
  const comparable = (said: Said, namespace: string): Said => {
    const plain = (text: string) =>
      text
        .replaceAll(namespace, 'NS')
        .replace(/\b(\d+[smhd])+\b/g, 'AGE')
        .replace(/-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '-xxxxx')
        .replace(/resourceVersion: "\d+"|"resourceVersion": "\d+"/g, 'resourceVersion')
        .replace(/10\.96\.\d+\.\d+ */g, '10.96.x.x ')
        .replace(/ +/g, ' ');
    return { status: said.status, stdout: plain(said.stdout), stderr: plain(said.stderr) };
  };

  test.each(READS)('%s', async (line) => {
    if (!isSameVersion()) return;
    expect(comparable(await builtIn(line), '-')).toEqual(comparable(real(line), '-'));
  });

  test('whatever it changes', { timeout: 180_000 }, async () => {
    if (!isSameVersion()) return;
    for (const namespace of ['real', 'mine']) real(`create namespace ns-${namespace}`);
    for (const line of WRITES) {
      const mine = comparable(await builtIn(inNamespace(line, 'ns-mine')), 'ns-mine');
      expect(mine, line).toEqual(comparable(real(inNamespace(line, 'ns-real')), 'ns-real'));
    }
  });
});
