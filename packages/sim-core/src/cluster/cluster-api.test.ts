import { expect, test } from 'vitest';
import { pods } from '../api/core-v1/pod.ts';
import { createCluster } from '../cluster.ts';

const ASK = 'https://kubernetes.default.svc/api/v1/namespaces/default/pods';

/** Runs a command in a pod and waits for its end. */
async function run(cluster: ReturnType<typeof createCluster>, command: string): Promise<string> {
  let out = '';
  const request = { command: ['sh', '-c', command], stdin: false, stdout: true, stderr: true, tty: false };
  await new Promise<void>((resolve) => {
    const add = (text: string | Uint8Array) => {
      out += String(text);
    };
    cluster.kubelet.connection.exec('default', 'client', request, { stdout: add, stderr: add, exit: () => resolve() });
  });
  return out;
}

function clusterWithClient() {
  const cluster = createCluster({ signingSecret: 'secret' });
  cluster.publishRootCA('the authority');
  cluster.applyObjects([
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'client' },
      spec: { containers: [{ name: 'c', image: 'curlimages/curl', command: ['sleep', 'infinity'] }] },
    } as never,
  ]);
  cluster.advance(1000);
  expect(cluster.client.get(pods, 'default', 'client')?.status?.phase).toBe('Running');
  return cluster;
}

test('a pod reaches the API server by its Service, and is who its token says', async () => {
  const cluster = clusterWithClient();
  const token = '$(cat /var/run/secrets/kubernetes.io/serviceaccount/token)';
  const answer = await run(cluster, `curl -sk -H "Authorization: Bearer ${token}" ${ASK}`);
  expect(JSON.parse(answer).message).toBe(
    'pods is forbidden: User "system:serviceaccount:default:default" cannot list resource "pods" in API group "" in the namespace "default"',
  );
  expect(await run(cluster, 'cat /var/run/secrets/kubernetes.io/serviceaccount/ca.crt')).toBe('the authority');
});

test('without a token a pod is nobody, whoever may come in from outside', async () => {
  const cluster = clusterWithClient();
  cluster.api.useAdminToken('');
  expect(JSON.parse(await run(cluster, `curl -sk ${ASK}`)).code).toBe(401);
});
