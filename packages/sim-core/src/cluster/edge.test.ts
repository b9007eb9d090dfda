import { describe, expect, test } from 'vitest';
import { INGRESS_NGINX_ADDON } from '../addons/ingress-nginx.ts';
import { deployments } from '../api/apps-v1/deployment.ts';
import { type Cluster, createCluster } from '../cluster.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import { StatusSink } from '../traffic/status-sink.ts';
import type { EdgeConnection, EdgeRefusal } from './edge-connection.ts';

const CLIENT = { address: '127.0.0.1', port: 50_000 };
const HOST = 'k8s-ingressn-ingressn-65f99d2d5a.elb.us-east-1.localhost';
const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "web:1", ports: [{ containerPort: 3000 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: LoadBalancer
  selector: { app: web }
  ports: [{ port: 80, targetPort: 3000 }]
`;

function cluster(text: string): Cluster {
  const made = createCluster();
  made.apply(decodeManifests('a.yaml', text).documents);
  return made;
}

function connected(made: EdgeConnection | EdgeRefusal): EdgeConnection {
  if ('refused' in made) throw new Error(made.message);
  return made;
}

function statusOf(connection: EdgeConnection): number {
  let status = -1;
  const request = {
    method: 'GET',
    url: '/',
    httpVersion: '1.1',
    headers: ['host', HOST],
    remoteAddress: CLIENT.address,
  };
  connection.http(
    request,
    new StatusSink((seen) => {
      status = seen;
    }),
  );
  return status;
}

describe('the edge', () => {
  test('has no port of its own for UDP: nothing of it comes in from outside', () => {
    const service = `{ apiVersion: v1, kind: Service, metadata: { name: dns }, spec: { type: LoadBalancer, ports: [
      { name: udp, port: 5353, protocol: UDP }, { name: tcp, port: 53 } ] } }`;
    const made = cluster(service);
    made.advance(3000);
    expect(made.edge.loadBalancers()).toMatchObject([{ name: 'dns', ports: [{ port: 53, scheme: 'http' }] }]);
  });

  test('refuses until the cloud is done, then answers', () => {
    const made = cluster(INGRESS_NGINX_ADDON);
    expect(made.edge.connect({ host: HOST, servicePort: 80 }, CLIENT)).toMatchObject({ refused: 'not-provisioned' });
    expect(made.edge.loadBalancers()).toEqual([]);
    made.advance(3000);
    expect(made.edge.loadBalancers()).toMatchObject([
      {
        hostname: HOST,
        ports: [
          { port: 80, scheme: 'http' },
          { port: 443, scheme: 'https' },
        ],
      },
    ]);
    expect(statusOf(connected(made.edge.connect({ host: HOST, servicePort: 80 }, CLIENT)))).toBe(404);
    expect(made.edge.connect({ host: HOST, servicePort: 81 }, CLIENT)).toMatchObject({ refused: 'no-listener' });
  });

  test('any other host goes to the load balancer of the ingress controller; without one nothing answers', () => {
    const made = cluster(INGRESS_NGINX_ADDON);
    made.advance(3000);
    expect(connected(made.edge.connect({ host: 'shop.test', servicePort: 80 }, CLIENT)).via.loadBalancer).toBe(
      'ingress-nginx/ingress-nginx-controller',
    );
    expect(createCluster().edge.connect({ host: 'shop.test', servicePort: 80 }, CLIENT)).toMatchObject({
      refused: 'no-load-balancer',
    });
  });

  test('a connection stays on its pod, new ones spread over nodes and pods', () => {
    const made = cluster(WEB);
    made.advance(3000);
    const [balancer] = made.edge.loadBalancers();
    const target = { host: balancer?.hostname ?? '', servicePort: 80 };
    const nodes = new Set<string | undefined>();
    for (let i = 0; i < 60; i++) {
      const connection = connected(made.edge.connect(target, { ...CLIENT, port: 50_000 + i }));
      nodes.add(connection.via.node);
      expect([statusOf(connection), statusOf(connection)]).toEqual([200, 200]);
      connection.close();
    }
    expect(nodes.size).toBe(3);
  });

  test('connections break when their pod goes, and when the load balancer does', () => {
    const made = cluster(WEB);
    made.advance(3000);
    const target = { host: made.edge.loadBalancers()[0]?.hostname ?? '', servicePort: 80 };
    const connection = connected(made.edge.connect(target, CLIENT));
    let broken = 0;
    connection.onClose(() => broken++);
    const web = made.client.get(deployments, 'default', 'web');
    if (web === undefined) throw new Error('no Deployment web');
    made.client.update(deployments, { ...web, spec: { ...web.spec, replicas: 0 } });
    made.settle();
    made.advance(31_000);
    expect([connection.closed, broken]).toEqual([true, 1]);
    expect(made.edge.connect(target, CLIENT)).toMatchObject({ refused: 'no-healthy-target' });
    expect(statusOf(connection)).toBe(0);
  });

  test('a deleted Service takes its connections along', () => {
    const made = cluster(WEB);
    made.advance(3000);
    const target = { host: made.edge.loadBalancers()[0]?.hostname ?? '', servicePort: 80 };
    const connection = connected(made.edge.connect(target, CLIENT));
    made.delete('v1', 'Service', { name: 'web' });
    expect(connection.closed).toBe(true);
    made.advance(4000);
    expect(made.cloud.list()).toEqual([]);
  });
});
