import { expect, test } from 'vitest';
import { INGRESS_NGINX_ADDON } from '../addons/ingress-nginx.ts';
import { createCluster } from '../cluster.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import { simulateRequests } from './simulate-requests.ts';

const workload = (name: string, image: string, port: number) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: ${name}, image: "${image}" }] }
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: ${port} }] }
`;

const ingress = (name: string, authPath: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  annotations: { nginx.ingress.kubernetes.io/auth-url: "http://auth.default.svc.cluster.local${authPath}" }
spec:
  ingressClassName: nginx
  rules:
  - host: ${name}.example
    http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`;

test('requests that wait for an auth service are answered, in time and each with its record', async () => {
  const cluster = createCluster();
  const parts = [workload('web', 'traefik/whoami', 80), workload('auth', 'kennethreitz/httpbin', 80)];
  const text = [...parts, ingress('open', '/status/200'), ingress('shut', '/status/401')].join('---\n');
  cluster.apply(decodeManifests('addon.yaml', INGRESS_NGINX_ADDON).documents);
  cluster.apply(decodeManifests('a.yaml', text).documents);
  cluster.advance(30_000);
  const statuses: number[] = [];
  cluster.records.onWritten(({ status }) => void statuses.push(status));
  const urls = ['http://open.example/', 'http://shut.example/'];
  expect(await simulateRequests(cluster, { urls, headers: {}, count: 40, rate: 1000 })).toBe(40);
  expect(statuses).toEqual(Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 200 : 401)));
});
