import { describe, expect, it } from 'vitest';
import { INGRESS_NGINX_ADDON } from '../addons/ingress-nginx.ts';
import { deployments } from '../api/apps-v1/deployment.ts';
import { services } from '../api/core-v1/service.ts';
import { createClusterView } from '../cluster/cluster-view.ts';
import { type Cluster, createCluster } from '../cluster.ts';

import { apply, HOST, ingress, SHOP, shop } from './testing/shop.ts';

describe('what is shown', () => {
  it('says why a load balancer is pending, and when it will be there', () => {
    const cluster = createCluster();
    const view = createClusterView(cluster, { epoch: 'e' });
    apply(cluster, INGRESS_NGINX_ADDON, 'add-on');
    const balancer = () => view.snapshot().objects.find(({ kind }) => kind === 'LoadBalancer');
    expect(balancer()).toMatchObject({
      state: 'pending',
      reason: 'the cloud is making it',
      readyAt: cluster.clock.now() + 3000,
      hostname: '',
    });
    cluster.advance(3000);
    expect(balancer()).toMatchObject({
      state: 'ready',
      reason: '',
      ingress: true,
      hostname: expect.stringContaining('.elb.'),
    });
    expect(balancer()).not.toHaveProperty('readyAt');
  });

  it('says what the cloud failed with, and that it tries again', () => {
    const cluster = createCluster();
    const view = createClusterView(cluster, { epoch: 'e' });
    cluster.cloud.fail({ times: 1, message: 'TooManyLoadBalancers' });
    apply(cluster, INGRESS_NGINX_ADDON, 'add-on');
    const balancer = () => view.snapshot().objects.find(({ kind }) => kind === 'LoadBalancer');
    expect(balancer()).toMatchObject({ state: 'failed', reason: expect.stringContaining('TooManyLoadBalancers') });
    cluster.advance(5000);
    expect(balancer()).toMatchObject({ state: 'pending' });
    cluster.advance(3000);
    expect(balancer()).toMatchObject({ state: 'ready' });
  });

  it.each([
    ['no ingress controller runs', 'main', (cluster: Cluster) => apply(cluster, SHOP)],
    [
      'it names no class: spec.ingressClassName is missing',
      'bare',
      (cluster: Cluster) => {
        apply(cluster, INGRESS_NGINX_ADDON, 'add-on');
        apply(
          cluster,
          ingress('bare', 'main', '').replace(
            'ingressClassName: nginx',
            'defaultBackend: { service: { name: main, port: { number: 80 } } }',
          ),
        );
      },
    ],
    [
      'no other Ingress has the host other.test, so there is nothing to be the canary of',
      'next',
      (cluster: Cluster) => {
        apply(cluster, INGRESS_NGINX_ADDON, 'add-on');
        const [main = '', canary = ''] = SHOP.split(
          /(?=---\napiVersion: networking.k8s.io\/v1\nkind: Ingress\nmetadata: \{ name: next)/,
        );
        apply(cluster, main + canary.replace(HOST, 'other.test'));
      },
    ],
  ])('says why an Ingress is not served: %s', (reason, name, prepare) => {
    const cluster = createCluster();
    const view = createClusterView(cluster, { epoch: 'e' });
    prepare(cluster);
    cluster.advance(10_000);
    const found = view.snapshot().objects.find((object) => object.kind === 'Ingress' && object.name === name);
    expect(found).toMatchObject({ served: false, reason });
  });

  it('knows the pods of the controller, who leads, and what they have loaded', () => {
    const { cluster, view } = shop();
    const controllers = () =>
      view
        .snapshot()
        .objects.flatMap((object) => (object.kind === 'Pod' && object.controller ? [object.controller] : []));
    expect(controllers()).toEqual([
      { ready: true, reason: '', leader: true, configurationRevision: expect.any(Number) },
    ]);
    const before = controllers()[0]?.configurationRevision ?? 0;
    apply(cluster, SHOP.replace('"20"', '"30"'));
    expect(controllers()[0]?.configurationRevision).toBeGreaterThan(before);
    const deployment =
      cluster.client.list(deployments).find(({ metadata }) => metadata.name.includes('controller')) ?? expect.fail();
    cluster.client.update(deployments, { ...deployment, spec: { ...deployment.spec, replicas: 2 } });
    cluster.settle();
    expect(
      controllers()
        .map(({ leader }) => leader)
        .sort(),
    ).toEqual([false, true]);
  });

  it('tells what load balancers cost against one ingress', () => {
    const { cluster, view } = shop();
    expect(view.snapshot().cost).toMatchObject({
      loadBalancers: 1,
      monthly: 16.43,
      monthlyWithOneIngress: 16.43,
      currency: 'USD',
    });
    view.takeDelta();
    for (const name of ['main', 'next']) {
      const service = cluster.client.get(services, 'default', name) ?? expect.fail();
      cluster.client.update(services, { ...service, spec: { ...service.spec, type: 'LoadBalancer' } });
    }
    cluster.settle();
    expect(view.takeDelta().cost?.sentence).toBe(
      '3 AWS Network Load Balancers cost $49.28 a month before traffic; one in front of an ingress would cost $16.43',
    );
    expect(view.takeDelta()).not.toHaveProperty('cost');
  });

  it('finds positions again after lines moved', () => {
    const { cluster, view } = shop();
    const lineOf = () => {
      const found = view.snapshot().objects.find((object) => object.kind === 'Ingress' && object.name === 'next');
      return found?.kind === 'Ingress' ? (found.canary?.weightSource?.line ?? 0) : 0;
    };
    const before = lineOf();
    const { revision } = view;
    apply(cluster, `# a new first line\n${SHOP}`);
    expect(view.revision).toBe(revision);
    expect(lineOf()).toBe(before + 1);
  });
});
