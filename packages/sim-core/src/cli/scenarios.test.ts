import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../index.ts';
import { loadManifests } from '../run/load-manifests.ts';
import { packagedScenarios } from './package-root.ts';
import { ask } from './testing/ask.ts';
import { virtualCluster } from './virtual-cluster.ts';

const withWeight = packagedScenarios().filter(({ file }) => readFileSync(file, 'utf8').includes('canary-weight'));

function start(name: string, file: string): Cluster {
  const files = [{ file: name, bytes: readFileSync(file) }];
  return virtualCluster({ files }, loadManifests(files), { addon: [] }).cluster;
}

/** Numbers, from 1, of the requests that the canary answered. */
function canaryAnswers({ records }: Cluster): number[] {
  const numbers: number[] = [];
  records.onWritten(({ id, toCanary }) => toCanary && numbers.push(id));
  return numbers;
}

describe.each(withWeight)('the seed of scenarios/$name.yaml shows the canary early', ({ name, file }) => {
  it('within the first 3 s of the built-in load', () => {
    const cluster = start(name, file);
    const { load } = cluster.settings;
    const answered = canaryAnswers(cluster);
    const host = cluster.edge.ingressLoadBalancer()?.hostname ?? '';
    cluster.loads.start({ url: load?.url.replace('LOAD_BALANCER', host) ?? '', rate: load?.rate ?? 0, duration: 3000 });
    cluster.advance(4000);
    expect(cluster.records.lastId).toBeGreaterThanOrEqual(60);
    expect(answered[0]).toBeLessThanOrEqual(60);
  });

  it('within the first 15 requests of a client that sends one after the other', async () => {
    const cluster = start(name, file);
    const answered = canaryAnswers(cluster);
    const host = cluster.edge.ingressLoadBalancer()?.hostname ?? '';
    expect(new Set(await ask(cluster, host, 15))).toEqual(new Set([200]));
    expect(answered[0]).toBeLessThanOrEqual(15);
  });
});
