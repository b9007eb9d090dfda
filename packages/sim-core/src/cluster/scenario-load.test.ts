import { describe, expect, it } from 'vitest';
import { INGRESS_NGINX_ADDON } from '../addons/ingress-nginx.ts';
import { createCluster } from '../cluster.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import { defaultSettings, type ScenarioSettings } from '../scenario/settings.ts';
import { startScenarioLoad } from './scenario-load.ts';

/** @param later milliseconds until it is asked to start */
function started(load: ScenarioSettings['load'], later = 0) {
  const cluster = createCluster({ settings: { ...defaultSettings(), load } });
  cluster.apply(decodeManifests('addon', INGRESS_NGINX_ADDON).documents);
  cluster.advance(later);
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

  it('starts at once where the address is there before it', () => {
    expect(started(LOAD, 10_000).loads.running()).toHaveLength(1);
  });

  it('starts not where there is none, or it is not to start by itself', () => {
    for (const load of [undefined, { ...LOAD, autoStart: false }]) {
      const cluster = started(load);
      cluster.advance(10_000);
      expect(cluster.loads.running()).toEqual([]);
    }
  });
});
