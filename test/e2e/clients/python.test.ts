import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KubectlSandbox } from '../../support/kubectl-sandbox.ts';
import { requireInCI } from '../../support/tools.ts';

/* Debian's python3-kubernetes; the program beside this file says what it saw. */

const PYTHON = ['/usr/bin/python3', 'python3'].find(
  (path) => spawnSync(path, ['-c', 'import kubernetes'], { timeout: 30_000 }).status === 0,
);
if (PYTHON === undefined) requireInCI('python3-kubernetes', false);

const MANIFESTS = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx:1.27}]}
`;

describe.skipIf(PYTHON === undefined)('the Python client', () => {
  let run: KubectlSandbox;
  beforeAll(async () => {
    run = await KubectlSandbox.start(undefined, { manifests: MANIFESTS });
  });
  afterAll(() => run.stop());

  test('list, watch, create, patch, delete, exec', async () => {
    run.place.write('client.py', readFileSync(join(import.meta.dirname, 'client.py'), 'utf8'));
    run.audited();
    const { status, stdout, stderr } = await run.shell(`${PYTHON} client.py`, { patience: 50_000 });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      listed: ['web'],
      created: 'a',
      refused: [409, 'AlreadyExists', 'configmaps "made" already exists'],
      patched: { a: 'b', c: 'd' },
      watched: ['ADDED made', 'MODIFIED made', 'DELETED made'],
      missing: 404,
      said: 'out\n',
      code: 3,
      interactive: 'got hello',
      version: 'v1.33.3',
    });
    const protocols = run.audited().flatMap(({ annotations }) => annotations?.['k8s-ingress-sandbox/protocol'] ?? []);
    expect(protocols).toEqual(['WebSocket v4.channel.k8s.io', 'WebSocket v4.channel.k8s.io']);
  });
});
