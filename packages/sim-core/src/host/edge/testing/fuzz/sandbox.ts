import { INGRESS_NGINX_ADDON } from '../../../../addons/ingress-nginx.ts';
import { type Cluster, createCluster } from '../../../../cluster.ts';
import { decodeManifests } from '../../../../manifest/decode-manifests.ts';
import type { HttpResponse } from '../../../../workloads/workload.ts';
import type { EdgeConnection, EdgeEngine } from '../../engine.ts';
import { HEADLESS } from './answers.ts';

const PLACES: readonly (readonly [string, string, string])[] = [
  ['echo', '/', ''],
  ['early', '/early', 'nginx.ingress.kubernetes.io/proxy-body-size: "10"'],
  ['redirect', '/redirect', 'nginx.ingress.kubernetes.io/permanent-redirect: "https://other.test/"'],
  ['nowhere', '/nowhere', ''],
];

/** A cluster whose ingress controller sends app.test to a pod, redirects, finds nobody, and takes little. */
export function fuzzCluster(): Cluster {
  const cluster = createCluster();
  for (const text of [INGRESS_NGINX_ADDON, [ECHO, ...PLACES.map(ingress)].join('---\n')])
    cluster.apply(decodeManifests('fuzz.yaml', text).documents);
  cluster.advance(60_000);
  return cluster;
}

/** What a client's requests came to in a cluster. */
export class Watched implements EdgeEngine {
  readonly #cluster: Cluster;
  /** Methods of the requests that were served, '' for bytes that were none; newest last. */
  served: string[] = [];
  #responses: HttpResponse[] = [];

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Answers that are not finished. */
  get pending(): number {
    return this.#responses.filter(({ closed }) => !closed).length;
  }

  forget(): void {
    this.served = [];
    this.#responses = [];
  }

  connect: EdgeEngine['connect'] = (target, client) => {
    const made = this.#cluster.edge.connect(target, client);
    return 'refused' in made ? made : this.#watch(made);
  };

  tlsFor: EdgeEngine['tlsFor'] = (target, client) => this.#cluster.edge.tlsFor(target, client);

  loadBalancers: EdgeEngine['loadBalancers'] = () => this.#cluster.edge.loadBalancers();

  onLoadBalancersChanged: EdgeEngine['onLoadBalancersChanged'] = () => () => {};

  #watch(connection: EdgeConnection): EdgeConnection {
    return {
      via: connection.via,
      get closed() {
        return connection.closed;
      },
      http: (request, response) => {
        this.#note(request.method, response, request.httpVersion);
        connection.http(request, response);
      },
      upgrade: (request, response, takeOver) => {
        this.#note(request.method, response, request.httpVersion);
        connection.upgrade(request, response, takeOver);
      },
      malformed: (kind, response) => {
        this.#note('', response, '1.1');
        connection.malformed(kind, response);
      },
      onClose: (callback) => connection.onClose(callback),
      close: () => connection.close(),
    };
  }

  #note(method: string, response: HttpResponse, version: string): void {
    this.served.push(version === '0.9' ? HEADLESS : method);
    this.#responses.push(response);
  }
}

const ECHO = `apiVersion: apps/v1
kind: Deployment
metadata: { name: echo }
spec:
  selector: { matchLabels: { app: echo } }
  template:
    metadata: { labels: { app: echo } }
    spec: { containers: [{ name: echo, image: "registry.k8s.io/ingressconformance/echoserver:v1" }] }
`;

function ingress([name, path, annotation]: readonly [string, string, string]): string {
  const selector = name === 'nowhere' ? 'nobody' : 'echo';
  return `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${selector} }, ports: [{ port: 80, targetPort: 3000 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, annotations: { ${annotation} } }
spec:
  ingressClassName: nginx
  rules:
    - host: app.test
      http:
        paths: [{ path: ${path}, pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }]
`;
}
