import { expect, test } from 'vitest';
import * as make from '../testing/objects.ts';
import { createWords } from '../words/words.tsx';
import { canaryWords, podShortName, versionOf, wordsFor } from './box-words.ts';

const words = createWords();
const never = (): number => 0;

test('a pending load balancer counts down, a failed one says why', () => {
  const pending = make.loadBalancer({ state: 'pending', hostname: '', readyAt: 1, reason: 'the cloud is making it' });
  expect(wordsFor({ kind: 'load-balancer', balancer: pending }, () => 2.04, words)).toMatchObject({
    name: '<pending>',
    state: 'the cloud is making it',
    countdown: '2.0\u00a0s',
    tone: 'pending',
  });
  const { readyAt: _, ...unplanned } = pending;
  expect(wordsFor({ kind: 'load-balancer', balancer: unplanned }, never, words).countdown).toBeUndefined();
  const failed = make.loadBalancer({ state: 'failed', hostname: '', reason: 'quota exceeded' });
  expect(wordsFor({ kind: 'load-balancer', balancer: failed }, never, words)).toMatchObject({
    tone: 'error',
    state: 'quota exceeded',
  });
});

test.each([
  [{}, 'ok', 'a1b2c'],
  [{ isReady: false }, 'pending', 'not ready'],
  [{ isReady: false, status: 'ContainerCreating' }, 'pending', 'ContainerCreating'],
  [{ isReady: false, status: 'CrashLoopBackOff' }, 'error', 'CrashLoopBackOff'],
  [{ isReady: false, status: 'ImagePullBackOff' }, 'error', 'ImagePullBackOff'],
  [{ terminating: true }, 'leaving', 'Terminating'],
] as const)('a pod %o', (fields, tone, state) => {
  const pod = make.pod({ app: 'web', suffix: '7d9f8-a1b2c', ...fields });
  const shown = wordsFor({ kind: 'pod', pod, variant: 'full' }, never, words);
  expect(shown.tone).toBe(tone);
  expect(tone === 'ok' ? shown.name : shown.state).toBe(state);
});

test('a rule says what decides for its canary, in the order of nginx', () => {
  const { canary } = make.canaryIngress(5);
  expect(canaryWords(canary!, words)).toBe('5 %');
  expect(canaryWords({ ...canary!, weightTotal: 200 }, words)).toBe('5 of 200');
  expect(canaryWords({ ...canary!, header: 'FOO', headerValue: 'bar', weight: 0 }, words)).toBe('FOO=bar');
  expect(canaryWords({ ...canary!, header: 'FOO', cookie: 'beta' }, words)).toBe('FOO, cookie beta, 5 %');
});

test.each([
  [['registry.k8s.io/ingress-nginx/controller:v1.15.1@sha256:abc'], 'v1.15.1'],
  [['localhost:5000/web'], ''],
  [['localhost:5000/web:0.9.0'], '0.9.0'],
  [[], ''],
])('the version of %o', (images, version) => {
  expect(versionOf(images)).toBe(version);
});

test("a pod's short name is its own part of it, and the whole name where there is no app above it", () => {
  expect(podShortName({ name: 'web-7d9f8b-a1b2c', app: 'web' })).toBe('a1b2c');
  expect(podShortName({ name: 'standalone', app: 'standalone' })).toBe('standalone');
});

test('endpoints are counted, and hundreds of them still fit their box', () => {
  const counted = (ready: number, all: number) => {
    const endpoints = Array.from({ length: all }, (_, i) => ({
      pod: '',
      ip: '',
      ready: i < ready,
      terminating: false,
    }));
    const lane = { service: make.service('web', [], { endpoints }), role: 'main', reach: 'ingress', pods: [] } as const;
    const { name, state, tone } = wordsFor({ kind: 'endpoints', lane }, never, words);
    return [name, state, tone];
  };
  expect(counted(1, 2)).toEqual(['1/2', 'ready', 'ok']);
  expect(counted(0, 0)).toEqual(['0/0', 'none', 'error']);
  expect(counted(2990, 3000)).toEqual(['2990', 'of 3000', 'ok']);
});
