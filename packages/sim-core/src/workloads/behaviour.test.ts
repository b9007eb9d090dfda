import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TestCluster } from '../kubelet/testing/test-cluster.ts';
import type { ImageBehaviour } from './program.ts';

const IP = '10.244.0.2';

function behaving(behaviour: ImageBehaviour, seed = 'test') {
  const cluster = new TestCluster({ seed, settings: { images: [{ match: '*', ...behaviour }] } });
  cluster.pod('web');
  return cluster;
}

function statusesOf(cluster: TestCluster, times: number, path = '/', headers: string[] = []): number[] {
  return Array.from({ length: times }, () => {
    const { result } = cluster.ask(IP, 8080, path, headers);
    return typeof result === 'object' ? result.status : 0;
  });
}

describe('errorRate', () => {
  test.each([0, 1, 5, 50, 99, 100])('%i %% of the requests are answered 500', (percent) => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (seed) => {
        const n = 2000;
        const failed = statusesOf(behaving({ errorRate: percent / 100 }, seed), n).filter(
          (status) => status === 500,
        ).length;
        const rate = percent / 100;
        // Five and a half standard deviations: one run in 25 million lies outside.
        expect(Math.abs(failed - n * rate)).toBeLessThanOrEqual(5.5 * Math.sqrt(n * rate * (1 - rate)));
      }),
      { numRuns: 10 },
    );
  });

  test('is drawn from one stream of the image: the same seed gives the same failures, over all its pods', () => {
    const run = (seed: string) => statusesOf(behaving({ errorRate: 0.5 }, seed), 100);
    expect(run('a')).toEqual(run('a'));
    expect(run('a')).not.toEqual(run('b'));
  });

  test('probes are spared and draw nothing', () => {
    const probe = ['user-agent', 'kube-probe/1.33'];
    const cluster = behaving({ errorRate: 0.5 });
    const mixed = Array.from({ length: 50 }, () => {
      expect(statusesOf(cluster, 1, '/', probe)).toEqual([200]);
      return statusesOf(cluster, 1)[0];
    });
    expect(mixed).toEqual(statusesOf(behaving({ errorRate: 0.5 }), 50));
  });
});

test('status and paths: every answer, or those of a path, whatever the query', () => {
  expect(statusesOf(behaving({ status: 418 }), 1)).toEqual([418]);
  const cluster = behaving({ paths: { '/broken': 503, '/toString': 404 }, status: 201 });
  expect(statusesOf(cluster, 1, '/broken?x=1')).toEqual([503]);
  expect(statusesOf(cluster, 1, '/broken/child')).toEqual([201]);
  expect(statusesOf(cluster, 1, '/constructor')).toEqual([201]);
});

test('a status that has no body has none', () => {
  const { result } = behaving({ status: 204 }).ask(IP, 8080);
  expect(result).toEqual({ status: 204, headers: ['content-type', 'text/plain; charset=utf-8'], body: '' });
});

test('latency is request time; the pod answers in the order of the requests', () => {
  const cluster = behaving({ latency: 20 });
  const first = cluster.ask(IP, 8080);
  cluster.advance(0.01);
  const second = cluster.ask(IP, 8080);
  cluster.advance(0.01);
  expect([first.result !== undefined, second.result !== undefined]).toEqual([true, false]);
  cluster.advance(0.01);
  expect(second.result).toMatchObject({ status: 200 });
});

test('startup: refuses connections until it listens', () => {
  const cluster = behaving({ startup: 3000 });
  expect(cluster.ask(IP, 8080).result).toBe('refused');
  cluster.advance(2.999);
  expect(cluster.ask(IP, 8080).result).toBe('refused');
  cluster.advance(0.001);
  expect(cluster.ask(IP, 8080).result).toMatchObject({ status: 200 });
});

test('crashAfter: exits with code 1, again and again', () => {
  const cluster = behaving({ crashAfter: 7000 });
  cluster.advance(6.9);
  expect(cluster.container('web').restartCount).toBe(0);
  cluster.advance(0.1);
  expect(cluster.container('web')).toMatchObject({
    restartCount: 1,
    lastState: { terminated: { exitCode: 1, reason: 'Error' } },
  });
  cluster.advance(7);
  expect(cluster.container('web').state?.waiting?.reason).toBe('CrashLoopBackOff');
});

test('ports: listens there, whatever the manifest declares', () => {
  const cluster = behaving({ ports: [3000] });
  expect(cluster.ask(IP, 3000).result).toMatchObject({ status: 200 });
  expect(cluster.ask(IP, 8080).result).toBe('refused');
});

test('HEAD has the headers of GET and no body', () => {
  const cluster = behaving({});
  const get = cluster.ask(IP, 8080).result;
  const head = cluster.ask(IP, 8080, '/', [], 'HEAD').result;
  if (typeof get !== 'object' || typeof head !== 'object') throw new Error('no answer');
  expect(head).toEqual({ ...get, body: '' });
  expect(get.headers).toContain(String(get.body.length));
});
