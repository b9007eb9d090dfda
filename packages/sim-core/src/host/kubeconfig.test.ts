import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  contextName,
  type KubeconfigContext,
  kubeconfigPath,
  kubeconfigText,
  refreshKubeconfig,
  writeKubeconfig,
} from './kubeconfig.ts';
import { type RunFile, removeRunFile, writeRunFile } from './run-file.ts';

interface Kubeconfig {
  'current-context': string;
  clusters: { name: string; cluster: Record<string, string> }[];
  users: { name: string; user: { token?: string } }[];
  contexts: { name: string; context: { cluster: string; user: string } }[];
}

const context = (name: string, port = 6443): KubeconfigContext => ({
  name,
  server: `https://127.0.0.1:${port}`,
  certificateAuthority: '-----BEGIN CERTIFICATE-----\n',
  token: `token-of-${name}`,
});

const run = (pid: number, startedAt: number, kubectl?: KubeconfigContext): RunFile => ({
  event: 'ready',
  http: '',
  https: '',
  ui: '',
  control: 'http://127.0.0.1:8088',
  token: 't',
  kubernetes: null,
  kubeconfig: null,
  dns: null,
  seed: '1',
  pid,
  scenario: 'canary.yaml',
  name: '',
  startedAt,
  ports: [],
  ...(kubectl === undefined ? {} : { kubectl }),
});

describe('the kubeconfig', () => {
  let directory: string;
  beforeEach(() => {
    directory = join(mkdtempSync(join(tmpdir(), 'kubeconfig-')), 'run');
  });
  afterEach(() => rmSync(join(directory, '..'), { recursive: true }));
  const read = () => load(readFileSync(kubeconfigPath(directory), 'utf8')) as Kubeconfig;

  test('is private, written in one step, in a folder that is private', () => {
    mkdirSync(directory, { mode: 0o755 });
    writeKubeconfig([context('k8s-ingress-sandbox')], directory);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(kubeconfigPath(directory)).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory)).toEqual(['kubeconfig']);
  });

  test('leads to a closed port of this machine when nothing runs', () => {
    expect(refreshKubeconfig(directory)).toEqual([]);
    expect(read().clusters).toEqual([{ name: 'k8s-ingress-sandbox', cluster: { server: 'https://127.0.0.1:1' } }]);
    expect(read().users).toEqual([{ name: 'k8s-ingress-sandbox', user: { token: 'nothing-runs' } }]);
    expect(read()['current-context']).toBe('k8s-ingress-sandbox');
  });

  test('has every running sandbox, the newest as the current one; those that ended are gone', () => {
    writeRunFile(run(process.pid, 1, context('k8s-ingress-sandbox')), directory);
    writeRunFile(run(process.ppid, 2, context('k8s-ingress-sandbox-b', 6444)), directory);
    refreshKubeconfig(directory);
    const { clusters, users, contexts, ...rest } = read();
    expect(rest['current-context']).toBe('k8s-ingress-sandbox-b');
    expect(clusters.map(({ name }) => name)).toEqual(['k8s-ingress-sandbox-b', 'k8s-ingress-sandbox']);
    expect(users[0]?.user.token).toBe('token-of-k8s-ingress-sandbox-b');
    expect(contexts[1]?.context).toEqual({ cluster: 'k8s-ingress-sandbox', user: 'k8s-ingress-sandbox' });
    expect(Buffer.from(clusters[0]?.cluster['certificate-authority-data'] ?? '', 'base64').toString()).toBe(
      '-----BEGIN CERTIFICATE-----\n',
    );
    removeRunFile(process.ppid, directory);
    refreshKubeconfig(directory);
    expect(read()['current-context']).toBe('k8s-ingress-sandbox');
    expect(read().clusters).toHaveLength(1);
  });

  test('sandboxes without a Kubernetes API are not in it', () => {
    writeRunFile(run(process.pid, 1), directory);
    refreshKubeconfig(directory);
    expect(read().clusters[0]?.cluster['server']).toBe('https://127.0.0.1:1');
  });

  test('is not written through a link that somebody else could have made', () => {
    const elsewhere = join(directory, '..', 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, directory);
    expect(() => refreshKubeconfig(directory)).toThrow('is a link');
    expect(readdirSync(elsewhere)).toEqual([]);
  });
});

test('the first sandbox has the plain name, further ones say which they are', () => {
  expect(contextName(['b', '12'], [])).toBe('k8s-ingress-sandbox');
  const first = run(1, 1, context('k8s-ingress-sandbox'));
  expect(contextName(['b', '12'], [first])).toBe('k8s-ingress-sandbox-b');
  expect(contextName(['', '12'], [first])).toBe('k8s-ingress-sandbox-12');
  expect(contextName(['b', '12'], [first, run(2, 2, context('k8s-ingress-sandbox-b'))])).toBe('k8s-ingress-sandbox-12');
});

test.each(['true', 'a: b', "it's", '"', '12', '', 'ünïcode', '- x', '#', 'a:'])('any name survives: %s', (name) => {
  const read = load(kubeconfigText([{ ...context('x'), name }])) as Kubeconfig;
  expect(read['current-context']).toBe(name);
  expect(read.clusters[0]?.name).toBe(name);
});
