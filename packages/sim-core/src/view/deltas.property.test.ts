import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INGRESS_NGINX_ADDON } from '../addons/ingress-nginx.ts';
import { deployments } from '../api/apps-v1/deployment.ts';
import { pods } from '../api/core-v1/pod.ts';
import { services } from '../api/core-v1/service.ts';
import { ingresses } from '../api/networking-v1/ingress.ts';
import { createClusterView } from '../cluster/cluster-view.ts';
import type { Cluster } from '../cluster.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import type { DeltaOperation, WireObject } from '../wire.ts';

import { SHOP, shop } from './testing/shop.ts';

const keyed = (objects: Iterable<WireObject>) =>
  new Map([...objects].map((object) => [`${object.kind} ${object.uid}`, object]));

function applyOperations(objects: Map<string, WireObject>, operations: readonly DeltaOperation[]): void {
  for (const operation of operations) {
    if (operation[0] === 'u') objects.set(`${operation[1]} ${operation[2].uid}`, operation[2]);
    else expect(objects.delete(`${operation[1]} ${operation[2]}`)).toBe(true);
  }
}

type Change = (cluster: Cluster) => void;

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc
    .record({
      name: fc.constantFrom('main', 'next', 'ingress-nginx-controller'),
      replicas: fc.integer({ min: 0, max: 4 }),
    })
    .map(
      ({ name, replicas }): Change =>
        (cluster) => {
          const deployment = cluster.client.list(deployments).find(({ metadata }) => metadata.name === name);
          if (deployment !== undefined)
            cluster.client.update(deployments, { ...deployment, spec: { ...deployment.spec, replicas } });
        },
    ),
  fc.nat().map(
    (number): Change =>
      (cluster) => {
        const all = cluster.client.list(pods);
        const { metadata } = all[number % all.length] ?? {};
        if (metadata !== undefined) cluster.client.delete(pods, metadata.namespace ?? '', metadata.name);
      },
  ),
  fc.nat().map(
    (number): Change =>
      (cluster) => {
        const running = cluster.client.list(pods).filter(({ status }) => status?.phase === 'Running');
        const { metadata } = running[number % running.length] ?? {};
        if (metadata !== undefined) cluster.kubelet.crash(metadata.namespace ?? '', metadata.name);
      },
  ),
  fc.constantFrom('ClusterIP', 'LoadBalancer', 'NodePort').map(
    (type): Change =>
      (cluster) => {
        const service = cluster.client.get(services, 'default', 'main');
        if (service !== undefined) cluster.client.update(services, { ...service, spec: { ...service.spec, type } });
      },
  ),
  fc.constantFrom('main', 'next').map(
    (name): Change =>
      (cluster) =>
        cluster.client.delete(services, 'default', name),
  ),
  fc.constantFrom('main', 'next').map(
    (name): Change =>
      (cluster) =>
        cluster.client.delete(ingresses, 'default', name),
  ),
  fc.integer({ min: 0, max: 120 }).map(
    (weight): Change =>
      (cluster) =>
        attempt(cluster, SHOP.replace('"20"', `"${weight}"`)),
  ),
  fc.constant<Change>((cluster) => attempt(cluster, `# another line\n${SHOP}`)),
  fc.constant<Change>((cluster) => cluster.delete('networking.k8s.io/v1', 'IngressClass', { name: 'nginx' })),
  fc.constant<Change>((cluster) => attempt(cluster, INGRESS_NGINX_ADDON, 'add-on')),
  fc.constant<Change>((cluster) => cluster.cloud.fail({ times: 1, message: 'quota' })),
  fc.integer({ min: 1, max: 60_000 }).map(
    (milliseconds): Change =>
      (cluster) =>
        cluster.advance(milliseconds),
  ),
);

/** Applies what it can: while no controller runs nobody lets Ingresses in. */
function attempt(cluster: Cluster, text: string, file = 'shop.yaml'): void {
  cluster.manifests.addFiles([{ file, text }]);
  cluster.apply(decodeManifests(file, text).documents);
}

/** Some changes find that what they change is gone; what they say of it is not the view's business. */
function tryTo(change: Change, cluster: Cluster): void {
  try {
    change(cluster);
  } catch (error) {
    expect((error as Error).name).toBe('StatusError');
  }
}

describe('deltas', () => {
  it('add up to what a new view sees, whatever happens and whenever somebody looks', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(changes, fc.boolean(), fc.boolean()), { maxLength: 15 }), (steps) => {
        const { cluster, view } = shop();
        view.takeDelta();
        const objects = keyed(view.snapshot().objects);
        let revision = view.revision;
        const take = () => {
          const { prevRev, rev, ops } = view.takeDelta();
          expect(prevRev).toBe(revision);
          revision = rev;
          applyOperations(objects, ops);
          expect(objects).toEqual(keyed(view.snapshot().objects));
        };
        for (const [change, settles, looks] of steps) {
          tryTo(change, cluster);
          if (settles) cluster.settle();
          if (looks) take();
        }
        cluster.settle();
        take();
        const fresh = createClusterView(cluster, { epoch: 'e' }).snapshot();
        expect(objects).toEqual(keyed(fresh.objects));
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
