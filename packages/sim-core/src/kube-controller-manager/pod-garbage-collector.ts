import { nodes } from '../api/core-v1/node.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { withCondition } from '../apimachinery/condition.ts';
import type { NamespacedName } from '../apimachinery/object-meta.ts';
import type { Context, Controller, Result } from '../controller-runtime/controller.ts';
import { formatTime } from '../sim/clock.ts';

/** How long a node may be missing before its pods are given up, in milliseconds (quarantineTime). */
const QUARANTINE = 40_000;

/** Deletes the pods of nodes that were deleted, which no kubelet will ever end (pkg/controller/podgc/gc_controller.go). */
export function podGarbageCollectorController(): Controller {
  const missingSince = new Map<string, number>();
  return {
    name: 'pod-garbage-collector',
    component: 'pod-garbage-collector-controller',
    for: nodes,
    reconcile: (key, context) => reconcile(key, context, missingSince),
  };
}

function reconcile({ name }: NamespacedName, context: Context, missingSince: Map<string, number>): Result | undefined {
  const now = context.clock.now();
  if (context.client.get(nodes, '', name) !== undefined) {
    missingSince.delete(name);
    return undefined;
  }
  const since = missingSince.get(name) ?? now;
  missingSince.set(name, since);
  if (now < since + QUARANTINE) return { requeueAfter: since + QUARANTINE - now };
  missingSince.delete(name);
  for (const pod of context.client.list(pods)) if (pod.spec.nodeName === name) giveUp(pod, context);
  return undefined;
}

function giveUp(pod: Pod, { client, clock }: Context): void {
  const { phase } = pod.status ?? {};
  if (phase !== 'Succeeded' && phase !== 'Failed') {
    const disrupted = {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'DeletionByPodGC',
      message: 'PodGC: node no longer exists',
    } as const;
    const conditions = withCondition(pod.status?.conditions, disrupted, formatTime(clock.now()));
    client.updateStatus(pods, { ...pod, status: { ...pod.status, phase: 'Failed', conditions } });
  }
  client.delete(pods, pod.metadata.namespace ?? '', pod.metadata.name, { gracePeriodSeconds: 0 });
}
