import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readyExercise } from './ready-exercise.ts';

const path = join(packageRoot(), 'scenarios', 'canary-weight');

const KUBECONFIG = `apiVersion: v1
kind: Config
current-context: here
contexts: [{ name: here, context: { cluster: here, user: me } }]
clusters: [{ name: here, cluster: { server: "https://127.0.0.1:6443" } }]
users: [{ name: me, user: { token: secret } }]
`;

test('what was graded in another cluster is never gone on with here', () => {
  const kubeconfig = temporaryFolder().write('config', KUBECONFIG);
  const real = { kubeconfig, addresses: ['http://127.0.0.1:8080'] };
  expect(readyExercise({ path }).headOf('alice').cluster).toBe('simulated');
  expect(readyExercise({ path, real }).headOf('alice').cluster).toBe('https://127.0.0.1:6443');
});

test('a misspelt exercise is told the nearest', () => {
  expect(() => readyExercise({ path: 'canary-wieght' })).toThrow('did you mean canary-weight?');
});
