import { describe, expect, it } from 'vitest';
import { INGRESS_NGINX_ADDON } from '../addons/ingress-nginx.ts';
import { deployments } from '../api/apps-v1/deployment.ts';
import { pods } from '../api/core-v1/pod.ts';
import { createClusterView } from '../cluster/cluster-view.ts';
import { createCluster } from '../cluster.ts';

import { apply, shop, web } from './testing/shop.ts';

describe('deltas', () => {
  it('tell nothing of what came and went between two looks, and nothing twice', () => {
    const { cluster, view } = shop();
    view.takeDelta();
    apply(cluster, web('flash', 1, 'flash:1'), 'flash.yaml');
    cluster.delete('apps/v1', 'Deployment', { name: 'flash' });
    cluster.delete('v1', 'Service', { name: 'flash' });
    cluster.advance(60_000);
    // Only what the controller has loaded moved on.
    const { ops } = view.takeDelta();
    expect(ops.map(([what, , object]) => [what, typeof object === 'object' && 'controller' in object])).toEqual([
      ['u', true],
    ]);
    apply(cluster, web('flash', 1, 'flash:1'), 'flash.yaml');
    expect(
      view
        .takeDelta()
        .ops.map(([what, kind]) => `${what} ${kind}`)
        .sort(),
    ).toEqual(['u Deployment', 'u Pod', 'u Pod', 'u Service']);
    expect(view.takeDelta().ops).toEqual([]);
  });

  it('hold what the store knows nothing of, under the same revision', () => {
    const cluster = createCluster();
    const urls = new Map<string, string>();
    const view = createClusterView(cluster, {
      epoch: 'e',
      urlOf: (service, port) => urls.get(`${service}:${port}`) ?? '',
    });
    apply(cluster, INGRESS_NGINX_ADDON, 'add-on');
    cluster.advance(10_000);
    const { rev } = view.takeDelta();
    urls.set('ingress-nginx/ingress-nginx-controller:80', 'http://127.0.0.1:30001');
    const delta = view.takeDelta();
    expect([delta.prevRev, delta.rev]).toEqual([rev, rev]);
    expect(delta.ops).toMatchObject([
      [
        'u',
        'LoadBalancer',
        {
          ports: [
            { port: 80, url: 'http://127.0.0.1:30001' },
            { port: 443, url: '' },
          ],
        },
      ],
    ]);
  });

  it('look at a Service with a thousand endpoints once a second, and never miss its last state', () => {
    const { cluster, view } = shop();
    const scale = (replicas: number) => {
      const deployment = cluster.client.get(deployments, 'default', 'main') ?? expect.fail();
      cluster.client.update(deployments, { ...deployment, spec: { ...deployment.spec, replicas } });
      cluster.settle();
    };
    const seen = () =>
      view
        .takeDelta()
        .ops.flatMap(([, , object]) =>
          typeof object === 'object' && object.kind === 'Service' ? [object.endpoints.length] : [],
        );
    seen();
    scale(600);
    expect(seen()).toEqual([600]);
    scale(601);
    expect(seen()).toEqual([]);
    cluster.advance(1000);
    expect(seen()).toEqual([601]);
    scale(2);
    cluster.advance(31_000);
    expect(seen()).toEqual([2]);
    scale(3);
    expect(seen()).toEqual([3]);
  });

  it('look at what changed only', () => {
    const { cluster, view } = shop();
    const before = new Map(view.snapshot().objects.map((object) => [object.uid + object.kind, object]));
    const pod = cluster.client.list(pods, 'default')[0] ?? expect.fail('no pod');
    cluster.kubelet.crash('default', pod.metadata.name);
    cluster.settle();
    const changed = view.snapshot().objects.filter((object) => before.get(object.uid + object.kind) !== object);
    expect(changed.map(({ kind }) => kind)).toContain('Pod');
    expect(changed.filter(({ kind }) => kind === 'Pod')).toHaveLength(1);
    expect(changed.filter(({ kind }) => kind === 'Node' || kind === 'Ingress')).toEqual([]);
  });
});
