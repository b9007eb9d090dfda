import { expect, test } from 'vitest';
import { createApiClient } from './testing/api-client.ts';
import { sendHostileRequests } from './testing/hostile-run.ts';

test('whatever is sent, it is answered, and changes nothing but what it names', { timeout: 120_000 }, async () => {
  expect(await sendHostileRequests(2000, 'ci', () => performance.now())).toEqual([]);
});

const DEFAULT = '/namespaces/default';
const NO_METADATA = { apiVersion: 'sandbox.k8s-ingress.dev/v1', kind: 'Scenario', metadata: { name: {} } };

test.each([
  [
    'POST',
    `/apis/batch/v1${DEFAULT}/cronjobs`,
    { spec: { schedule: '* * * * *' } },
    422,
    'name or generateName is required',
  ],
  ['POST', `/apis/batch/v1${DEFAULT}/jobs`, { metadata: { labels: {} } }, 422, 'name or generateName is required'],
  ['POST', '/apis/scheduling.k8s.io/v1/priorityclasses', { value: 1 }, 422, 'name or generateName is required'],
  ['POST', '/apis/sandbox.k8s-ingress.dev/v1/scenarios', NO_METADATA, 400, 'cannot be handled as a Scenario'],
  [
    'DELETE',
    `/api/v1${DEFAULT}/services/kubernetes`,
    { apiVersion: 'v1', kind: 'Service' },
    400,
    'no kind "Service" is',
  ],
  ['DELETE', `/api/v1${DEFAULT}/services/kubernetes`, { kind: { toString: 1 } }, 400, 'cannot unmarshal'],
])('%s %s, what hostile requests have found', async (method, url, body, status, message) => {
  const { ask, errors } = createApiClient();
  const answer = await ask(method, url, body);
  expect([answer.status, errors]).toEqual([status, []]);
  expect(answer.body.message).toContain(message);
});

test('a step of a JSON patch that names no path cannot be done', async () => {
  const headers = { 'content-type': 'application/json-patch+json' };
  const { status } = await createApiClient().ask('PATCH', '/api/v1/namespaces/default', [{ op: 'remove' }], headers);
  expect(status).toBe(422);
});
