import type { Deployment } from '../api/apps-v1/deployment.ts';
import { replicaSets } from '../api/apps-v1/replica-set.ts';
import type { Node } from '../api/core-v1/node.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { isConditionTrue } from '../apimachinery/condition.ts';
import { controllerOf } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import type { WireDeployment, WireNode, WirePod } from '../wire.ts';
import { cellOf } from './cell.ts';

/** What the page shows of a Node. */
export function wireNode({ metadata, spec, status }: Node): WireNode {
  return {
    kind: 'Node',
    uid: metadata.uid ?? '',
    name: metadata.name,
    ip: status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '',
    ready: isConditionTrue(status?.conditions, 'Ready'),
    cordoned: spec?.unschedulable === true,
  };
}

/** What the page shows of a Pod; `controller` is added by who knows the replicas. */
export function wirePod(pod: Pod, client: Client, now: number): WirePod {
  const { metadata, spec, status } = pod;
  return {
    kind: 'Pod',
    uid: metadata.uid ?? '',
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    node: spec.nodeName ?? '',
    ip: status?.podIP ?? '',
    status: cellOf(pods, 'STATUS', pod, now),
    ready: cellOf(pods, 'READY', pod, now),
    isReady: isConditionTrue(status?.conditions, 'Ready'),
    terminating: metadata.deletionTimestamp !== undefined,
    restarts: (status?.containerStatuses ?? []).reduce((sum, container) => sum + container.restartCount, 0),
    images: spec.containers.map(({ image }) => image ?? ''),
    labels: metadata.labels ?? {},
    app: ownerName(pod, client),
  };
}

/** What the page shows of a Deployment. */
export function wireDeployment({ metadata, spec, status }: Deployment): WireDeployment {
  return {
    kind: 'Deployment',
    uid: metadata.uid ?? '',
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    desired: spec.replicas ?? 1,
    ready: status?.readyReplicas ?? 0,
    updated: status?.updatedReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
    images: spec.template.spec.containers.map(({ image }) => image ?? ''),
  };
}

function ownerName(pod: Pod, client: Client): string {
  const owner = controllerOf(pod);
  if (owner === undefined) return pod.metadata.name;
  if (owner.kind !== 'ReplicaSet') return owner.name;
  const replicaSet = client.get(replicaSets, pod.metadata.namespace ?? '', owner.name);
  return (replicaSet && controllerOf(replicaSet)?.name) ?? owner.name;
}
