import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { canaryCluster } from '../control/testing/canary-cluster.ts';
import { openAuditLog } from './audit-log.ts';
import { startKubernetes } from './listener.ts';

/** The API of the canary lesson with a log; what is in it so far. */
async function auditedApi() {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  const path = join(folder, 'audit.log');
  const cluster = canaryCluster();
  cluster.api.useAdminToken('secret');
  const onError = (error: unknown) => expect.unreachable(String(error));
  const listener = await startKubernetes({
    port: 0,
    apiServer: () => cluster.api.server(),
    dial: () => 'refused',
    auditLog: openAuditLog(path),
    onError,
  });
  onTestFinished(async () => {
    await listener.close();
    rmSync(folder, { recursive: true });
  });
  const events = () =>
    readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  const ask = (url: string, headers: Record<string, string> = {}, signal?: AbortSignal) =>
    fetch(`${listener.url}${url}`, {
      headers: { authorization: 'Bearer secret', 'user-agent': 'test/1', ...headers },
      ...(signal && { signal }),
    });
  return { ask, events };
}

test('who has heard an answer finds it in the log', async () => {
  const { ask, events } = await auditedApi();
  await ask('/api/v1/namespaces/default/pods?limit=1');
  await ask('/apis/apps/v1/namespaces/default/deployments/nope/status');
  await ask('/version');
  const [list, get, version] = events();
  expect(list).toMatchObject({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'Metadata',
    stage: 'ResponseComplete',
    requestURI: '/api/v1/namespaces/default/pods?limit=1',
    verb: 'list',
    user: { username: 'kubernetes-admin', groups: ['kubeadm:cluster-admins', 'system:authenticated'] },
    userAgent: 'test/1',
    objectRef: { resource: 'pods', namespace: 'default', apiVersion: 'v1' },
    responseStatus: { code: 200 },
  });
  expect(get).toMatchObject({
    verb: 'get',
    objectRef: { resource: 'deployments', name: 'nope', apiGroup: 'apps', subresource: 'status' },
    responseStatus: { code: 404 },
  });
  expect(version).toMatchObject({ verb: 'get', requestURI: '/version', responseStatus: { code: 200 } });
  expect(version).not.toHaveProperty('objectRef');
});

test('who acts as somebody else, and who is nobody', async () => {
  const { ask, events } = await auditedApi();
  await ask('/api/v1/nodes', { 'impersonate-user': 'jane' });
  await ask('/api/v1/nodes', { authorization: 'Bearer wrong' });
  const [jane, nobody] = events();
  expect(jane).toMatchObject({
    user: { username: 'kubernetes-admin' },
    impersonatedUser: { username: 'jane' },
    responseStatus: { code: 403 },
  });
  expect(nobody).toMatchObject({ user: {}, responseStatus: { code: 401 } });
});

test('a watch is complete when its client goes', async () => {
  const { ask, events } = await auditedApi();
  const client = new AbortController();
  await ask('/api/v1/pods?watch=true', {}, client.signal);
  expect(events()).toEqual([]);
  client.abort();
  await expect.poll(events).toMatchObject([{ verb: 'watch', responseStatus: { code: 200 } }]);
});
