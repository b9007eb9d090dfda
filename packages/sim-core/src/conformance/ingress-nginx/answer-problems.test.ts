import { describe, expect, test } from 'vitest';
import type { ClientAnswer } from '../transport.ts';
import { answerProblems } from './answer-problems.ts';
import type { Echo } from './backends.ts';
import type { HttpExpect } from './vector.ts';

/** An answer of a pod. */
function answerOf(given: Partial<ClientAnswer & Echo> = {}): ClientAnswer {
  const { status = 200, service = 'a', pod = 'a-0', url = '/x', certificate } = given;
  const echo: Echo = { service, pod, url, method: 'GET', httpVersion: '1.1', headers: { host: 'app.test' }, body: '' };
  const headers = ['X-Backend', service, 'Location', '/there', ...((given.headers as unknown as string[]) ?? [])];
  return { status, protocol: 'HTTP/1.1', headers, body: JSON.stringify(echo), ...(certificate && { certificate }) };
}

const PAGE: ClientAnswer = { status: 404, protocol: 'HTTP/1.1', headers: [], body: 'not found' };
const CERTIFICATE = { commonName: 'app.test', dnsNames: ['app.test'] };

describe('every expectation can be met and missed', () => {
  test.each<[HttpExpect, HttpExpect, string]>([
    [{ status: 200 }, { status: 404 }, 'status: expected 404, got 200'],
    [{ backend: 'a' }, { backend: 'b' }, 'backend: expected "b", got "a"'],
    [{ backend: 'a' }, { backend: null }, 'backend: expected none, got "a"'],
    [{ upstreamPath: '/x' }, { upstreamPath: '/y' }, 'path that the pod got: expected "/y", got "/x"'],
    [{ location: '/there' }, { location: '/here' }, 'Location: expected "/here", got "/there"'],
    [
      { location: { matches: '^/th' } },
      { location: { matches: '^/h' } },
      'Location: expected what matches ^/h, got "/there"',
    ],
    [
      { responseHeaders: { Server: { absent: true } } },
      { responseHeaders: { Server: { present: true } } },
      'Server: expected any, got none',
    ],
    [
      { responseHeaders: { 'X-Backend': { present: true } } },
      { responseHeaders: { 'X-Backend': { absent: true } } },
      'X-Backend: expected none, got "a"',
    ],
    [
      { upstreamHeaders: { Host: 'app.test' } },
      { upstreamHeaders: { Host: 'b' } },
      'Host at the pod: expected "b", got "app.test"',
    ],
    [{ certCN: 'app.test' }, { certCN: 'b' }, 'common name of the certificate: expected "b", got "app.test"'],
    [{ certDNS: 'app.test' }, { certDNS: 'b' }, 'certificate: expected one for b, got one for app.test'],
    [{ distinctPods: 1 }, { distinctPods: 2 }, 'pods that answered: expected 2, got 1'],
    [
      { statusCount: { 200: [1, 1] } },
      { statusCount: { 200: [2, 3] } },
      'answers with status 200: expected 2 to 3, got 1',
    ],
    [
      { statusShare: { 503: [0, 0] } },
      { statusShare: { 503: [0.1, 1] } },
      'share of status 503: expected 0.1 to 1, got 0',
    ],
    [
      { backendShare: { a: [1, 1] } },
      { backendShare: { a: [0, 0.5] } },
      'share of backend a: expected 0 to 0.5, got 1',
    ],
    [{ podShare: { 'a-0': [1, 1] } }, { podShare: { 'a-1': [1, 1] } }, 'share of pod a-1: expected 1 to 1, got 0'],
  ])('%j, and not %j', (met, missed, problem) => {
    const answers = [answerOf({ certificate: CERTIFICATE })];
    expect(answerProblems(answers, met)).toEqual([]);
    expect(answerProblems(answers, missed)).toEqual([problem]);
  });

  test('bodyContains', () => {
    expect(answerProblems([PAGE], { bodyContains: 'found' })).toEqual([]);
    expect(answerProblems([PAGE], { bodyContains: 'nginx' })).toEqual([
      'body: expected to contain "nginx", got "not found"',
    ]);
  });
});

test('where no pod answered nothing is known of what it got', () => {
  expect(answerProblems([PAGE], { backend: 'a', upstreamHeaders: { host: 'app.test' } })).toEqual([
    'backend: expected "a", got none',
    'headers at the pod: no pod answered',
  ]);
});

test('the same of many answers is said once', () => {
  const answers = [answerOf(), answerOf({ status: 500 }), answerOf({ status: 500 })];
  expect(answerProblems(answers, { status: 200 })).toEqual(['status: expected 200, got 500 (2 of 3)']);
});
