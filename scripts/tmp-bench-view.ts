import { createCluster } from '/work/main/packages/sim-core/src/cluster.ts';
import { createClusterView } from '/work/main/packages/sim-core/src/cluster/cluster-view.ts';
import { decodeManifests } from '/work/main/packages/sim-core/src/manifest/decode-manifests.ts';
import { INGRESS_NGINX_ADDON } from '/work/main/packages/sim-core/src/addons/ingress-nginx.ts';
import { pods } from '/work/main/packages/sim-core/src/api/core-v1/pod.ts';
import { deployments } from '/work/main/packages/sim-core/src/api/apps-v1/deployment.ts';
import { gzipSync } from 'node:zlib';
const N = Number(process.argv[2] ?? 10000);
const time = (name: string, run: () => unknown) => { const t = performance.now(); const r = run(); console.log(name, (performance.now() - t).toFixed(2), 'ms'); return r; };
const cluster = createCluster();
const view = process.argv[3] === 'noview' ? undefined : createClusterView(cluster, { epoch: 'e' });
cluster.apply(decodeManifests('a', INGRESS_NGINX_ADDON).documents);
const text = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${N}
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: "web:1" , ports: [{containerPort: 80}]}] } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web }
spec: { ingressClassName: nginx, rules: [{ host: x.test, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
`;
time('apply', () => cluster.apply(decodeManifests('b', text).documents));
time('advance', () => cluster.advance(10000));
if (view) {
  const s = time('snapshot 1', () => view.snapshot()) as any;
  time('snapshot 2', () => view.snapshot());
  const json = time('json', () => JSON.stringify(s)) as string;
  const gz = time('gzip', () => gzipSync(json)) as Buffer;
  console.log(json.length, gz.length, s.objects.length);
  time('takeDelta 1', () => view.takeDelta());
  time('takeDelta idle', () => view.takeDelta());
  const pod = cluster.client.list(pods, 'default')[5]!;
  time('delete', () => { cluster.client.delete(pods, 'default', pod.metadata.name); cluster.settle(); });
  const d = time('takeDelta after delete', () => view.takeDelta()) as any;
  console.log(d.ops.map((o: any) => o[0] + o[1]).join(' '), JSON.stringify(d.ops).length);
  time('takeDelta idle', () => view.takeDelta());
  const host = cluster.edge.ingressLoadBalancer()!.hostname;
  for (let r = 0; r < 5; r++) {
    cluster.loads.start({ url: `http://${host}/`, rate: 20000, duration: 1000, headers: { host: 'x.test' } });
    const t = performance.now(); const before = cluster.records.finished;
    for (let i = 0; i < 100; i++) { cluster.advance(10); await new Promise((r) => setImmediate(r)); if (i % 10 == 0) view.takeDelta(); }
    const n = cluster.records.finished - before;
    console.log('requests', n, ((performance.now() - t) * 1000 / n).toFixed(2), 'us each, flows', view.snapshot().flows.length);
  }
}
