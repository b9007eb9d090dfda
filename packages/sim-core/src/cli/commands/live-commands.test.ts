import { chownSync, readFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import { run } from '../main.ts';
import { fakeOutput } from '../testing/fake-output.ts';
import { BAD_SERVICE, configMap, deployment, loadBalancer, NAMESPACE, scenario } from '../testing/manifests.ts';
import { ownRunDirectory, runningSession } from '../testing/running-session.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

async function cli(...argv: string[]) {
  const output = fakeOutput();
  const status = await run(argv, output);
  return { status, stdout: output.stdout, stderr: output.stderr };
}

const APP = `${deployment('web')}---\n${loadBalancer('web')}`;

async function sandbox(texts: Record<string, string> = { 'app.yaml': APP }, ...argv: string[]) {
  const running = await runningSession(texts, ...argv);
  await running.next('settled');
  return running;
}

describe('without a running sandbox', () => {
  it.each([
    ['apply', 'FILE'],
    ['delete', 'ingress', 'canary'],
    ['export'],
    ['hosts'],
    ['load', 'http://x/'],
    ['explain', 'http://x/'],
    ['stop'],
  ])('%s says how to start one', async (...words) => {
    ownRunDirectory();
    const file = temporaryFolder().write('a.yaml', configMap('a'));
    expect(await cli(...words.map((word) => (word === 'FILE' ? file : word)))).toEqual({
      status: 3,
      stdout: '',
      stderr: 'no sandbox is running\n  Start one: npx k8s-ingress-sandbox scenarios/canary.yaml\n',
    });
  });

  it('kubeconfig prints its path all the same, and kubectl is led to a closed port', async () => {
    const parent = ownRunDirectory();
    const { status, stdout, stderr } = await cli('kubeconfig');
    expect({ status, stderr }).toEqual({
      status: 3,
      stderr: expect.stringMatching(/^no sandbox is running: .* "connection refused"\n/),
    });
    expect(stdout.startsWith(parent)).toBe(true);
    expect(readFileSync(stdout.trim(), 'utf8')).toContain('server: https://127.0.0.1:1\n');
    expect((await cli('kubeconfig', '--shell', 'fish')).stdout).toBe(`set -gx KUBECONFIG '${stdout.trim()}'\n`);
    expect((await cli('kubeconfig', '--shell', 'tcsh')).status).toBe(2);
  });

  it.skipIf(process.getuid?.() !== 0)('kubeconfig leads into no folder of a stranger', async () => {
    ownRunDirectory();
    const { stdout } = await cli('kubeconfig');
    chownSync(dirname(stdout.trim()), 12_345, 12_345);
    const { status, stdout: path, stderr } = await cli('kubeconfig');
    expect({ status, path }).toEqual({ status: 3, path: `${devNull}\n` });
    expect(stderr).toContain('belongs to somebody else');
  });

  it('ps has nothing to list', async () => {
    ownRunDirectory();
    expect((await cli('ps')).stderr).toMatch(/^no sandbox is running\n/);
    expect((await cli('ps', '--output', 'json')).stdout).toBe('[]\n');
  });

  it('stop --all has nothing to do', async () => {
    ownRunDirectory();
    expect(await cli('stop', '--all')).toEqual({ status: 0, stdout: '', stderr: 'no sandbox is running\n' });
  });
});

describe('which sandbox', () => {
  it('is found by name and by pid', async () => {
    await sandbox({ 'app.yaml': APP }, '--name', 'mine');
    expect((await cli('hosts', '--name', 'mine')).status).toBe(0);
    expect((await cli('hosts', '--name', String(process.pid))).status).toBe(0);
    expect(await cli('hosts', '--name', 'other')).toEqual({
      status: 3,
      stdout: '',
      stderr: 'no running sandbox is called other; running: mine\n',
    });
  });

  it('that has gone without a word is told as such', async () => {
    const { session, events } = await sandbox();
    const { writeRunFile } = await import('../../host/run-file.ts');
    const ready = events[0] as never as Parameters<typeof writeRunFile>[0];
    await session.stop();
    writeRunFile({ ...ready, scenario: 'app.yaml', name: '', startedAt: 1, ports: [] });
    const { status, stderr } = await cli('export');
    expect({ status, stderr }).toEqual({
      status: 3,
      stderr: `the sandbox with pid ${process.pid} does not answer at ${ready.control}: ECONNREFUSED\n`,
    });
  });
});

describe('apply', () => {
  it('applies files together, whatever their order, and says so for each object', async () => {
    const { session } = await sandbox();
    const { path } = temporaryFolder({ 'a.yaml': configMap('a', 'team'), 'z.yaml': NAMESPACE });
    expect(await cli('apply', path)).toEqual({
      status: 0,
      stdout: 'configmap/a created in team\nnamespace/team created\n',
      stderr: '  applied again after the rest; a real cluster says: namespaces "team" not found\n',
    });
    expect((await cli('apply', path)).stdout).toBe('configmap/a unchanged in team\nnamespace/team unchanged\n');
    expect(session.cluster.manifests.locate({ kind: 'ConfigMap', namespace: 'team', name: 'a' }, 'kind')?.file).toBe(
      `${path}/a.yaml`,
    );
  });

  it('names the place of a refusal in its file, and applies the rest', async () => {
    await sandbox();
    const { path } = temporaryFolder({ 'a.yaml': configMap('a'), 'b.yaml': BAD_SERVICE });
    const { status, stdout, stderr } = await cli('apply', path);
    expect({ status, stdout }).toEqual({ status: 1, stdout: 'configmap/a created\n' });
    expect(stderr).toMatch(/b\.yaml:5:9: spec\.type: Unsupported value: "ClusterIPs"/);
  });

  it('changes nothing in a dry run', async () => {
    const { session } = await sandbox();
    const { revision } = session.cluster.client;
    const file = temporaryFolder().write('a.yaml', configMap('a'));
    expect((await cli('apply', file, '--dry-run')).stdout).toBe('configmap/a created (dry run)\n');
    expect(session.cluster.client.revision).toBe(revision);
  });

  it('refuses what cannot be read before it asks anybody', async () => {
    ownRunDirectory();
    const file = temporaryFolder().write('a.yaml', 'kind: [\n');
    expect((await cli('apply', file)).stderr).toMatch(/a\.yaml:1:7: /);
  });

  it('of a file of the run is what Enter does there', async () => {
    const { session, folder } = await sandbox();
    const file = folder.write('app.yaml', APP.replace('replicas: 1', 'replicas: 3'));
    expect((await cli('apply', file)).stdout).toBe('deployment/web configured\nservice/web unchanged\n');
    expect(session.cluster.userObjects()[0]?.document.file).toBe('app.yaml');
  });

  it('answers in JSON', async () => {
    await sandbox();
    const file = temporaryFolder().write('a.yaml', configMap('a'));
    const answer = JSON.parse((await cli('apply', file, '--output', 'json')).stdout);
    expect(answer).toMatchObject({ objects: [{ kind: 'ConfigMap', name: 'a', action: 'created', file, line: 1 }] });
  });
});

describe('delete', () => {
  it('takes a kind and names, and kinds with names', async () => {
    const { session } = await sandbox({ 'app.yaml': APP, 'more.yaml': `${configMap('a')}---\n${configMap('b')}` });
    expect((await cli('delete', 'cm', 'a', 'b')).stdout).toBe('cm/a deleted\ncm/b deleted\n');
    expect((await cli('delete', 'svc/web', 'deploy/web')).stdout).toBe('svc/web deleted\ndeploy/web deleted\n');
    expect(session.cluster.userObjects().map(({ object }) => object.metadata.name)).toEqual([]);
  });

  it('takes files, namespaces last', async () => {
    await sandbox();
    const file = temporaryFolder().write('a.yaml', `${NAMESPACE}---\n${configMap('a', 'team')}`);
    await cli('apply', file);
    expect(await cli('delete', file)).toEqual({
      status: 0,
      stdout: 'configmap/a deleted in team\nnamespace/team deleted\n',
      stderr: '',
    });
    const { status, stderr } = await cli('delete', file);
    expect(status).toBe(1);
    expect(stderr).toContain(`${file}:6: configmaps "a" not found`);
  });

  it('says what it does not know', async () => {
    await sandbox();
    expect((await cli('delete', 'ingress', 'nobody')).stderr).toBe('ingresses.networking.k8s.io "nobody" not found\n');
    expect((await cli('delete', 'ingresss', 'x')).stderr).toBe('the server doesn\'t have a resource type "ingresss"\n');
    expect((await cli('delete', 'nothing.yaml')).stderr).toMatch(/^nothing\.yaml: no such file/);
  });
});

describe('export, hosts, ps', () => {
  it('export prints what can be applied again', async () => {
    await sandbox();
    const { status, stdout } = await cli('export');
    expect(status).toBe(0);
    const exported = decodeManifests('x', stdout).documents.map(({ value }) => value);
    expect(exported).toEqual(decodeManifests('x', APP).documents.map(({ value }) => value));
  });

  it('hosts prints lines for /etc/hosts, and where to ask on stderr', async () => {
    const { events } = await sandbox();
    const { stdout, stderr } = await cli('hosts');
    expect(stdout).toMatch(/^127\.0\.0\.1 k8s-default-web-[0-9a-f]{10}\.elb\.us-east-1\.localhost\n$/);
    expect(stderr).toContain(`http://<host>:${new URL(String(events[0]?.http)).port}/`);
  });

  it('ps lists it', async () => {
    const { events } = await sandbox({ 'app.yaml': APP }, '--name', 'mine');
    const [head, row] = (await cli('ps')).stdout.split('\n');
    expect(head).toMatch(/^PID +NAME +SCENARIO +AGE +HTTP +PAGE$/);
    expect(row).toMatch(new RegExp(`^${process.pid} +mine +app\\.yaml +\\d+s +${events[0]?.http} +http`));
  });

  it('stop leaves a process alone that is no sandbox any more', async () => {
    const { session, events } = await sandbox();
    const { writeRunFile } = await import('../../host/run-file.ts');
    const ready = events[0] as never as Parameters<typeof writeRunFile>[0];
    await session.stop();
    writeRunFile({ ...ready, scenario: 'app.yaml', name: '', startedAt: 1, ports: [] });
    expect((await cli('stop')).status).toBe(3);
  });
});

describe('load', () => {
  it('counts to the end', async () => {
    await sandbox({ 'app.yaml': `${scenario('{ addons: [ingress-nginx] }')}---\n${APP}` });
    const { status, stdout } = await cli(
      'load',
      'http://LOAD_BALANCER/',
      '--rate',
      '200',
      '--duration',
      '100ms',
      '--new-connections',
      '--client-ip',
      '10.1.2.3',
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/^(\d+) sent, \1 answered, 0 failed\nno canary\n$/);
  });

  it('refuses what the sandbox refuses', async () => {
    await sandbox();
    expect(await cli('load', 'http://LOAD_BALANCER/')).toMatchObject({ status: 1, stdout: '' });
    expect((await cli('load', 'http://x/', '--client-ip', 'me')).stderr).toContain('clientIp: expected an IP address');
    expect((await cli('load', 'x')).status).toBe(2);
  });
});

describe('explain', () => {
  it('says where a request would go, and why another one went there', async () => {
    const { session, events } = await sandbox({ 'app.yaml': `${scenario('{ addons: [ingress-nginx] }')}---\n${APP}` });
    const service = events.find(({ name }) => name === 'web') as never as { hostname: string };
    const balancer = session.cluster.edge.loadBalancers().find(({ name }) => name === 'web');
    expect(service).toBeDefined();
    expect((await cli('explain', `http://${balancer?.hostname}/`)).stdout).toContain('default/web');
    expect((await cli('explain', 'nowhere.example/cart', '--header', 'FOO: bar', '--cookie', 'a=b')).stdout).toContain(
      '404',
    );
    expect(JSON.parse((await cli('explain', 'http://x/', '--output', 'json')).stdout)).toMatchObject({ host: 'x' });
    expect((await cli('explain', '4711')).stderr).toBe('no request 4711 has been answered\n');
    expect((await cli('explain', 'ftp://x/')).status).toBe(1);
  });

  it("knows a load balancer's own port", async () => {
    const { events } = await sandbox();
    const { url } = events.find(({ event }) => event === 'loadbalancer') as never as { url: string };
    expect((await cli('explain', `${url}/`)).stdout).toContain('default/web');
  });
});
