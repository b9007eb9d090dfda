import { describe, expect, it } from 'vitest';
import { createCluster, defaultSettings, type ScenarioSettings } from '../../index.ts';
import { addonDocuments } from '../load-manifests.ts';
import { startScenarioLoad } from './scenario-load.ts';

function started(load: ScenarioSettings['load']) {
  const settings = { ...defaultSettings(), addons: ['ingress-nginx'], load };
  const cluster = createCluster({ settings });
  cluster.apply(addonDocuments(settings));
  startScenarioLoad(cluster);
  return cluster;
}

const LOAD = { url: 'http://LOAD_BALANCER/', rate: 20, autoStart: true, headers: { FOO: 'bar' } };

describe('the load of a Scenario', () => {
  it('starts once the load balancer has its address', () => {
    const cluster = started(LOAD);
    expect(cluster.loads.running()).toEqual([]);
    cluster.advance(3000);
    const hostname = cluster.edge.ingressLoadBalancer()?.hostname;
    expect(cluster.loads.running().map(({ options }) => options)).toEqual([
      { url: `http://${hostname}/`, rate: 20, headers: { FOO: 'bar' }, startedBy: 'scenario' },
    ]);
    cluster.advance(10_000);
    expect(cluster.loads.running()).toHaveLength(1);
  });

  it('starts not where there is none, or it is not to start by itself', () => {
    for (const load of [undefined, { ...LOAD, autoStart: false }]) {
      const cluster = started(load);
      cluster.advance(10_000);
      expect(cluster.loads.running()).toEqual([]);
    }
  });
});
