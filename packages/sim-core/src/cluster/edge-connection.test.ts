import { expect, test } from 'vitest';
import { INGRESS_NGINX_ADDON } from '../addons/ingress-nginx.ts';
import { createCluster } from '../cluster.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import { type ExchangeResult, exchange } from '../network/exchange.ts';

const ECHO = `apiVersion: apps/v1
kind: Deployment
metadata: { name: echo }
spec:
  selector: { matchLabels: { app: echo } }
  template:
    metadata: { labels: { app: echo } }
    spec: { containers: [{ name: echo, image: "registry.k8s.io/ingressconformance/echoserver:v1" }] }
---
apiVersion: v1
kind: Service
metadata: { name: echo }
spec: { selector: { app: echo }, ports: [{ port: 80, targetPort: 3000 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: echo }
spec:
  ingressClassName: nginx
  rules:
    - http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: echo, port: { number: 80 } } } }] }
`;
const CONFIG_MAP = (data: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: ingress-nginx-controller, namespace: ingress-nginx }
data: { ${data} }
`;

test.each([
  ['with an id of its own', 'x-own: a', ''],
  ['with the id that the client sends', 'x-request-id: mine', ''],
  ['with headers that the ConfigMap sets', 'x-own: a', 'proxy-set-headers: ingress-nginx/more'],
])('a pod is told the same of the same request as often as it comes, %s', (_name, header, data) => {
  const cluster = createCluster();
  const more =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: more, namespace: ingress-nginx }\ndata: { X-More: $request_id }\n';
  for (const text of [INGRESS_NGINX_ADDON, ECHO, more, CONFIG_MAP(data)])
    cluster.apply(decodeManifests('a.yaml', text).documents);
  cluster.advance(30_000);
  const connection = cluster.edge.connect({ host: 'a.example', servicePort: 80 }, { address: '192.0.2.1', port: 1024 });
  if ('refused' in connection) throw new Error(connection.message);
  const headers = ['Host', 'X-Request-ID', ...header.split(': '), 'Accept', '*/*'];
  const request = { method: 'GET', url: '/a?b', httpVersion: '1.1', headers, remoteAddress: '192.0.2.1' };
  const told = Array.from({ length: 5 }, () => {
    let answer: ExchangeResult = 'timeout';
    exchange(connection, request, cluster.clock, 1000, (result) => {
      answer = result;
    });
    return JSON.parse((answer as unknown as { body: string }).body).headers as Record<string, string[]>;
  });
  const ids = told.map((each) => each['X-Request-Id']?.[0]);
  expect(new Set(ids).size).toBe(header.startsWith('x-request-id') ? 1 : 5);
  for (const [i, each] of told.entries()) {
    const renamed = JSON.stringify(each).replaceAll(ids[i] ?? '', '<id>');
    expect(renamed).toBe(JSON.stringify(told[0]).replaceAll(ids[0] ?? '', '<id>'));
  }
  expect(told[4]).toMatchObject({ 'X-Real-Ip': ['192.0.2.1'] });
});
