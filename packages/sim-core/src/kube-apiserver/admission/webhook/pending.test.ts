import { expect, test } from 'vitest';
import { PendingError } from '../../../apimachinery/pending-error.ts';
import { hookedServer } from './testing/hooked-server.ts';

function pendingOf(write: () => unknown): PendingError {
  try {
    write();
  } catch (error) {
    if (error instanceof PendingError) return error;
    throw error;
  }
  throw new Error('it did not have to wait');
}

test('a write that has to wait is done again, in the knowledge of the answer', () => {
  const server = hookedServer(() => undefined);
  server.validating({});
  const pending = pendingOf(() => server.create());
  expect(pending.message).toBe(
    'Internal error occurred: failed calling webhook "hook-0.example.com": failed to call webhook: Post "https://hook.hooks.svc:443/check?timeout=10s": context deadline exceeded',
  );
  let ready = 0;
  pending.whenReady(() => ready++);
  // Too early: nobody is asked twice.
  pendingOf(() => pending.again(() => server.create()));
  expect([ready, server.posts.length]).toEqual([0, 1]);
  server.answerLate();
  expect(ready).toBe(1);
  pending.again(() => server.create());
  expect(server.posts).toHaveLength(1);
  expect(server.store.get('configmaps', 'default', 'settings')).toBeDefined();
});

test('one after the other, each is waited for', () => {
  const server = hookedServer(() => undefined);
  server.mutating({}, {});
  const first = pendingOf(() => server.create());
  server.answerLate();
  const second = pendingOf(() => first.again(() => server.create()));
  server.answerLate();
  second.again(() => server.create());
  expect(server.posts).toHaveLength(2);
});

test('validating webhooks are waited for together', () => {
  const server = hookedServer(() => undefined);
  server.validating({}, {});
  const pending = pendingOf(() => server.create());
  expect(server.posts).toHaveLength(2);
  server.answerLate();
  pending.again(() => server.create());
  expect(server.posts).toHaveLength(2);
});

test('another write knows nothing of it', () => {
  const server = hookedServer(() => undefined);
  server.validating({});
  pendingOf(() => server.create());
  server.answerLate();
  pendingOf(() => server.create());
  expect(server.posts).toHaveLength(2);
});

test('a refusal of another one is not waited for', () => {
  const server = hookedServer((_request, { client }) =>
    client.service?.name === 'hook' ? undefined : { allowed: false },
  );
  server.validating({}, { clientConfig: { service: { namespace: 'hooks', name: 'strict' } } });
  expect(() => server.create()).toThrow('admission webhook "hook-1.example.com" denied the request');
});
