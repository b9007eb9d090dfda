import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deployments } from './api/apps-v1/deployment.ts';
import { pods } from './api/core-v1/pod.ts';
import { binomialBand } from './cluster/testing/binomial-band.ts';
import { CanaryCluster } from './cluster/testing/canary-cluster.ts';
import type { ScenarioSettings } from './scenario/settings.ts';

const CANARY_YAML = readFileSync(new URL('../../../scenarios/canary.yaml', import.meta.url), 'utf8');
const MAIN = 'netflix-frontend 0.8.0';
const CANARY = 'netflix-frontend-canary 0.9.0';

const start = (settings: Partial<ScenarioSettings> = {}) => new CanaryCluster(CANARY_YAML, settings);

describe('canary.yaml in virtual time', () => {
  test('every request of the load generator is answered, and the catalog was asked for each', () => {
    const lesson = start();
    const load = lesson.load(20_000);
    expect(load).toMatchObject({ sent: 20_000, answered: 20_000, failed: 0, done: true });
    expect(lesson.split.n).toBe(20_000);
    const catalog = lesson.cluster.client
      .list(pods, 'default')
      .find(({ metadata }) => metadata.name.includes('catalog'));
    const { text } = lesson.cluster.kubelet.connection.logs('default', catalog?.metadata.name ?? '', { tailLines: 1 });
    expect(text).toContain('"GET / HTTP/1.1" 200');
  });

  test('weight 5: the share of 20,000 requests is inside the exact 99.99 % band for 30 seeds, one outside at most', () => {
    const [low, high] = binomialBand(20_000, 0.05, 0.9999);
    const counts = Array.from({ length: 30 }, () => {
      const seed = crypto.randomUUID().slice(0, 8);
      const lesson = start({ seed });
      expect(lesson.load(20_000)).toMatchObject({ answered: 20_000, failed: 0 });
      return { seed, canary: lesson.split.canary };
    });
    console.log(
      `canary of 20,000 by seed, band ${low} to ${high}:`,
      counts.map(({ seed, canary }) => `${seed} ${canary}`).join(', '),
    );
    expect(counts.filter(({ canary }) => canary < low || canary > high).length).toBeLessThanOrEqual(1);
  }, 120_000);
});

describe('the split', () => {
  test('goes on counting, in the same sample, when the controller gets more replicas', () => {
    const lesson = start();
    lesson.load(500);
    const sinceRevision = lesson.cluster.splits.all()[0]?.sinceRevision;
    const { client } = lesson.cluster;
    const controller = client.get(deployments, 'ingress-nginx', 'ingress-nginx-controller');
    if (controller === undefined) throw new Error('no controller');
    client.update(deployments, { ...controller, spec: { ...controller.spec, replicas: 3 } });
    lesson.cluster.settle();
    lesson.load(500);
    expect(lesson.cluster.splits.all()).toMatchObject([{ n: 1000, sinceRevision }]);
  });
});

describe('a sequential client', () => {
  test('sees the same sequence of Services from the same seed, whatever else happens meanwhile', () => {
    const quiet = start({ seed: 'lesson' }).ask(300);
    expect(new Set(quiet)).toEqual(new Set([MAIN, CANARY]));
    expect(start({ seed: 'lesson' }).ask(300)).toEqual(quiet);
    expect(start({ seed: 'another' }).ask(300)).not.toEqual(quiet);

    const busy = start({ seed: 'lesson' });
    const seen = busy.ask(100);
    busy.load(500, () => busy.scale(5));
    seen.push(...busy.ask(100));
    busy.setWeight(50);
    busy.setWeight(5);
    busy.cluster.advance(60_000);
    expect([...seen, ...busy.ask(100)]).toEqual(quiet);
  });

  test('0 and 100 are nobody and everybody, from the next request on', () => {
    const lesson = start();
    lesson.setWeight(100);
    expect(new Set(lesson.ask(100))).toEqual(new Set([CANARY]));
    lesson.setWeight(0);
    expect(new Set(lesson.ask(100))).toEqual(new Set([MAIN]));
  });
});

describe('no request is lost under load', () => {
  /** One of the two pods of the main version. */
  const mainPod = ({ cluster }: CanaryCluster) => {
    const [pod] = cluster.client
      .list(pods, 'default')
      .filter(({ metadata }) => metadata.labels?.['app'] === 'netflix-frontend');
    if (pod === undefined) throw new Error('no pod of the main version');
    return pod.metadata.name;
  };

  test.each<[string, (lesson: CanaryCluster) => void]>([
    ['the weight changes', (lesson) => lesson.setWeight(50)],
    ['a pod is deleted', (lesson) => lesson.cluster.delete('v1', 'Pod', { name: mainPod(lesson) })],
    ['a program crashes', (lesson) => lesson.cluster.kubelet.crash('default', mainPod(lesson))],
    ['a new version rolls out', (lesson) => lesson.rollOut('netflix-frontend:0.8.1')],
    ['the canary rolls out', (lesson) => lesson.rollOut('netflix-frontend:0.9.1', 'netflix-frontend-canary')],
    ['it is scaled up', (lesson) => lesson.scale(6)],
    ['it is scaled down', (lesson) => lesson.scale(1)],
  ])('%s', (_name, change) => {
    for (const latency of [0, 250]) {
      const lesson = start({ images: [{ match: '*', latency }] });
      const load = lesson.load(4000, () => change(lesson));
      expect(load).toMatchObject({ sent: 4000, answered: 4000, failed: 0 });
    }
  });
});
