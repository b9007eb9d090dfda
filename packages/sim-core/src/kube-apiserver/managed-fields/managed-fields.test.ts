import { describe, expect, it } from 'vitest';
import { type Deployment, deployments } from '../../api/apps-v1/deployment.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import type { ManagedFieldsEntry } from '../../apimachinery/managed-fields/managers.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { Client } from '../../client/client.ts';
import { createTestServer } from '../test-server.ts';
import { programOf } from './component.ts';

function world() {
  const server = createTestServer();
  const controller = new Client(server.store, server.registry, 'system:deployment-controller');
  const of = (object: KubeObject): readonly ManagedFieldsEntry[] => server.managedFields.of(object) ?? [];
  return { ...server, controller, of, who: (object: KubeObject) => of(object).map(({ manager }) => manager) };
}

const web = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'nginx' }] },
    },
  },
};

function podOf(name: string): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { app: 'web' } },
    spec: { containers: [{ name: 'web', image: 'nginx' }] },
  };
}

describe('writes of components', () => {
  it('are kept track of on what somebody owns', () => {
    const { applier, controller, of, who } = world();
    const applied = applier.apply(web).object as Deployment;
    expect(who(applied)).toEqual(['kubectl-client-side-apply']);
    const status = controller.updateStatus(deployments, { ...applied, status: { replicas: 1 } });
    expect(who(status)).toEqual(['kube-controller-manager', 'kubectl-client-side-apply']);
    expect(of(status)[0]).toMatchObject({ subresource: 'status', fieldsV1: { 'f:status': { 'f:replicas': {} } } });
    const scaled = controller.scale(deployments, status, 4);
    const byScale = of(scaled).find(({ subresource }) => subresource === 'scale');
    expect(byScale).toEqual({
      manager: 'kube-controller-manager',
      operation: 'Update',
      apiVersion: 'apps/v1',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:spec': { 'f:replicas': {} } },
      subresource: 'scale',
    });
    expect(JSON.stringify(of(scaled).find(({ manager }) => manager === 'kubectl-client-side-apply'))).not.toContain(
      'f:replicas',
    );
  });

  it('leave nothing in the store where nobody keeps track, and are told when asked', () => {
    const { registry, controller, of } = world();
    const pod = registry.create(pods, podOf('a'), { user: 'system:replicaset-controller', trusted: true });
    const running = controller.updateStatus(pods, { ...pod, status: { phase: 'Running' } });
    expect(running.metadata.managedFields).toBeUndefined();
    const [maker, kubelet, ...others] = of(running);
    expect(others).toEqual([]);
    expect(maker).toMatchObject({ manager: 'kube-controller-manager', time: pod.metadata.creationTimestamp });
    expect(kubelet).toMatchObject({ manager: 'kubelet', subresource: 'status' });
    expect(kubelet?.fieldsV1).toEqual({ 'f:status': { 'f:phase': {} } });
    expect(of(running)).toBe(of(running));
  });

  it('are the base of what a client then writes', () => {
    const { registry, who } = world();
    const pod = registry.create(pods, podOf('a'), { user: 'system:replicaset-controller', trusted: true });
    const labelled = { ...pod, metadata: { ...pod.metadata, labels: { app: 'web', more: 'x' } } };
    const updated = registry.update(pods, labelled, { user: 'me', fieldManager: 'kubectl-label' });
    expect(who(updated)).toEqual(['kube-controller-manager', 'kubectl-label']);
  });
});

it('what admission adds and the server allocates is nobody’s', () => {
  const { registry, of } = world();
  const pod = registry.create(pods, podOf('a'), { user: 'me', fieldManager: 'me' });
  expect(pod.spec.tolerations).toHaveLength(2);
  expect(JSON.stringify(of(pod))).not.toMatch(/tolerations|serviceAccount|volumes|priority/);
});

it('clients cannot say who owns fields without naming themselves, and nobody can on create', () => {
  const { registry, who } = world();
  const sent = podOf('a');
  const pod = registry.create(
    pods,
    { ...sent, metadata: { ...sent.metadata, managedFields: [{ manager: 'forged' }] } },
    { user: 'me', trusted: true },
  );
  expect(who(pod)).toEqual(['kube-controller-manager']);
});

it.each([
  ['system:replicaset-controller', 'kube-controller-manager'],
  ['system:kube-controller-manager', 'kube-controller-manager'],
  ['system:service-controller', 'cloud-controller-manager'],
  ['system:nginx-ingress-controller', 'nginx-ingress-controller'],
  ['system:nodes', 'kubelet'],
  ['system:kube-scheduler', 'kube-scheduler'],
  ['constructor', 'constructor'],
])('%s owns as %s', (user, program) => expect(programOf(user)).toBe(program));
