import { expect } from 'vitest';
import { INGRESS_NGINX_ADDON } from '../../addons/ingress-nginx.ts';
import { createClusterView } from '../../cluster/cluster-view.ts';
import { type Cluster, createCluster } from '../../cluster.ts';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import type { ClusterView } from '../cluster-view.ts';

export const HOST = 'shop.test';
export const web = (name: string, replicas: number, image: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: web, image: "${image}", ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: 8080 }] }
`;
export const ingress = (name: string, service: string, annotations: string) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, annotations: { ${annotations} } }
spec:
  ingressClassName: nginx
  rules:
  - host: ${HOST}
    http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${service}, port: { number: 80 } } } }] }
`;
export const SHOP = [
  web('main', 2, 'shop:1'),
  web('next', 1, 'shop:2'),
  ingress('main', 'main', ''),
  ingress(
    'next',
    'next',
    'nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-weight: "20"',
  ),
].join('---');

export function apply(cluster: Cluster, text: string, file = 'shop.yaml'): void {
  cluster.manifests.addFiles([{ file, text }]);
  const outcomes = cluster.apply(decodeManifests(file, text).documents);
  expect(outcomes.flatMap(({ problems }) => problems)).toEqual([]);
}

export function shop(): { cluster: Cluster; view: ClusterView } {
  const cluster = createCluster();
  const view = createClusterView(cluster, { epoch: 'e' });
  apply(cluster, INGRESS_NGINX_ADDON, 'add-on');
  apply(cluster, SHOP);
  cluster.advance(10_000);
  return { cluster, view };
}

/** Sends requests and waits until all were answered. */
export async function send(cluster: Cluster, count: number, headers: Record<string, string> = {}): Promise<void> {
  const host = cluster.edge.ingressLoadBalancer()?.hostname;
  cluster.loads.start({
    url: `http://${host}/`,
    rate: count,
    count,
    duration: 1000,
    headers: { host: HOST, ...headers },
  });
  const end = cluster.records.finished + count;
  for (let turn = 0; turn < 500 && cluster.records.finished < end; turn++) {
    cluster.advance(10);
    await Promise.resolve();
  }
}
