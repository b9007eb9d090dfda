import { describe, expect, it } from 'vitest';
import { formatProblem } from '../manifest/problem.ts';
import type { InputFile } from '../run/input-file.ts';
import { loadManifests } from '../run/load-manifests.ts';
import { RefusedInput } from './read-manifests.ts';
import { expectKnown, startCluster } from './start-cluster.ts';
import { configMap, deployment, loadBalancer, scenario } from './testing/manifests.ts';
import { virtualCluster } from './virtual-cluster.ts';
import { worldOf } from './world.ts';

const file = (text: string): InputFile => ({ file: 'a.yaml', bytes: new TextEncoder().encode(text) });

function refusedBy(step: () => void): string[] {
  try {
    step();
    return [];
  } catch (error) {
    return error instanceof RefusedInput ? error.problems.map(formatProblem) : [`${error}`];
  }
}

describe('virtualCluster', () => {
  const start = (text: string, addon: string[] = []) =>
    virtualCluster({ files: [file(text)] }, loadManifests([file(text)]), { addon });

  it('applies and settles in no time', () => {
    const { cluster, outcomes } = start(`${deployment('web')}---\n${loadBalancer('web')}`);
    expect(outcomes.map(({ action }) => action)).toEqual(['created', 'created']);
    expect(cluster.waitingFor()).toEqual([]);
    expect(cluster.edge.answers('default/web')).toBe(true);
  });

  it('starts the add-on, and gives up on what never settles', () => {
    const { cluster } = start(deployment('web', 'web:does-not-exist'), ['ingress-nginx']);
    expect(cluster.edge.ingressLoadBalancer()?.state).toBe('active');
    expect(cluster.waitingFor().map(({ name, stuck }) => [name, stuck])).toEqual([['web', true]]);
  });

  it('is a world for the doctor', () => {
    const { cluster, outcomes } = start(deployment('web'));
    const world = worldOf(cluster, outcomes, { http: 'http://127.0.0.1:1', https: 'https://127.0.0.1:2' });
    expect(world).toMatchObject({ http: 'http://127.0.0.1:1', serviceCidr: '10.96.0.0/16', refused: [] });
  });

  it('refuses settings that no cluster can be made from, with their line', () => {
    const text = scenario('{ images: [{ match: "*", program: wbe }] }');
    expect(refusedBy(() => start(text))).toEqual([
      'a.yaml:3:32: Scenario spec.images[0].program: no program "wbe"; did you mean web?',
    ]);
  });
});

describe('expectKnown', () => {
  const check = (text: string) => {
    const loaded = loadManifests([file(text)]);
    return refusedBy(() => expectKnown(startCluster(loaded, {}), [file(text)], loaded));
  };

  it('refuses fields and kinds that nobody knows', () => {
    expect(check(`${configMap('a')}daata: {}\n`)[0]).toMatch(/^a\.yaml:5:1: unknown field "daata"/);
    expect(check(configMap('a').replace('ConfigMap', 'ConfigMaps'))[0]).toMatch(/^a\.yaml:2:7: no matches for kind/);
  });

  it('leaves to the API server what is only refused there', () => {
    expect(check(configMap('a', 'nowhere'))).toEqual([]);
  });
});
