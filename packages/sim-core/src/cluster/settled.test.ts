import { describe, expect, test } from 'vitest';
import { createCluster } from '../cluster.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';

function waitingAfter(text: string, milliseconds = 0) {
  const cluster = createCluster();
  cluster.apply(decodeManifests('a.yaml', text).documents);
  cluster.advance(milliseconds);
  return cluster.waitingFor().map(({ kind, name, reason }) => `${kind} ${name}: ${reason}`);
}

const POD = (probe: string) =>
  `spec: { containers: [{ name: web, image: "web:1", ports: [{ containerPort: 80 }]${probe} }] }`;
const deployment = (probe: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    ${POD(probe)}
`;

describe('what a cluster waits for', () => {
  test('nothing, when nothing is under way', () => {
    expect(waitingAfter(deployment(''))).toEqual([]);
  });

  test('a rollout, in the words of kubectl rollout status', () => {
    const probe = ', readinessProbe: { initialDelaySeconds: 5, httpGet: { port: 80 } }';
    expect(waitingAfter(deployment(probe))).toEqual([
      'Deployment web: Waiting for deployment "web" rollout to finish: 0 of 2 updated replicas are available...',
    ]);
    expect(waitingAfter(deployment(probe), 6000)).toEqual([]);
  });

  test('the rollouts of StatefulSets and DaemonSets', () => {
    const probe = ', readinessProbe: { initialDelaySeconds: 5, httpGet: { port: 80 } }';
    const workload = (kind: string) => deployment(probe).replace('Deployment', kind);
    const set = workload('StatefulSet');
    expect(waitingAfter(set)).toEqual(['StatefulSet web: Waiting for 2 pods to be ready...']);
    expect(waitingAfter(set, 7000)).toEqual(['StatefulSet web: Waiting for 1 pods to be ready...']);
    expect(waitingAfter(set, 15_000)).toEqual([]);
    const daemon = workload('DaemonSet').replace('  replicas: 2\n', '');
    expect(waitingAfter(daemon)).toEqual([
      'DaemonSet web: Waiting for daemon set "web" rollout to finish: 0 of 3 updated pods are available...',
    ]);
    expect(waitingAfter(daemon, 7000)).toEqual([]);
  });

  test('a load balancer and a bare pod', () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { type: LoadBalancer, ports: [{ port: 80 }] }\n';
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: { name: bare }\nspec: { containers: [{ name: a, image: "web:does-not-exist" }] }\n';
    expect(waitingAfter(`${service}---\n${pod}`)).toEqual([
      'Service web: its load balancer is pending',
      'Pod bare: ErrImagePull',
    ]);
    expect(waitingAfter(service, 3000)).toEqual([]);
  });

  test('a Job until it has completed', () => {
    const job =
      'apiVersion: batch/v1\nkind: Job\nmetadata: { name: once }\nspec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: busybox, command: [sleep, "5"] }] } } }\n';
    expect(waitingAfter(job)).toEqual(['Job once: 0 of 1 completions']);
    expect(waitingAfter(job, 6000)).toEqual([]);
  });
});
