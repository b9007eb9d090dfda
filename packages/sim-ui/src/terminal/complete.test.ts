import { expect, test } from 'vitest';
import { type CompletionSources, complete } from './complete.ts';

const SOURCES: CompletionSources = {
  commands: async () => ({
    commands: [
      { name: 'get', flags: ['watch', 'output'] },
      { name: 'describe', flags: [] },
    ],
  }),
  names: async (resource, namespace) =>
    namespace === 'shop' && /^(po|pod|pods)$/.test(resource) ? ['web-1', 'web-2'] : [],
  namespaces: () => ['default', 'shop'],
  files: ['canary.yaml'],
};

const lineOf = async (before: string) => (await complete(before, SOURCES)).line;

test('completes commands, types, names, flags, namespaces and files', async () => {
  expect(await lineOf('ku')).toBe('kubectl ');
  expect(await lineOf('kubectl ge')).toBe('kubectl get ');
  expect(await lineOf('kubectl get ing')).toBe('kubectl get ingress');
  expect(await lineOf('kubectl get -n shop pods w')).toBe('kubectl get -n shop pods web-');
  expect((await complete('kubectl -n shop get pod/w', SOURCES)).candidates).toEqual(['pod/web-1', 'pod/web-2']);
  expect(await lineOf('kubectl get pods --w')).toBe('kubectl get pods --watch ');
  expect(await lineOf('kubectl get pods -n sh')).toBe('kubectl get pods -n shop ');
  expect(await lineOf('kubectl apply -f c')).toBe('kubectl apply -f canary.yaml ');
});

test('leaves alone what it does not know', async () => {
  expect(await lineOf('kubectl get zebras z')).toBe('kubectl get zebras z');
  expect(await lineOf('ls x')).toBe('ls x');
});
