import { createCluster, type KubeObject } from '../../packages/sim-core/src/index.ts';

/** `scale-one.ts <replicas> [probes]`: one measurement in a process of its own, as a line of JSON. */
const replicas = Number(process.argv[2]);
const readinessProbe = { httpGet: { path: '/', port: 3000 } };
const probes = process.argv[3] === 'probes' ? { readinessProbe } : {};
const before = process.cpuUsage();
const cluster = createCluster({ time: 'virtual' });
const objects: (KubeObject & { spec: unknown })[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'web', image: 'web:1', ports: [{ containerPort: 3000 }], ...probes }] },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 3000 }] },
  },
];
cluster.applyObjects(objects);
const { user, system } = process.cpuUsage(before);
const waiting = cluster.waitingFor();
if (waiting.length > 0) throw new Error(`not settled: ${JSON.stringify(waiting[0])}`);
console.log(JSON.stringify({ replicas, cpuMilliseconds: (user + system) / 1000 }));
