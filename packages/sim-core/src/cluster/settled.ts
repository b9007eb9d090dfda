import { type Deployment, deployments } from '../api/apps-v1/deployment.ts';
import { type Job, jobs } from '../api/batch-v1/job.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { type Service, services } from '../api/core-v1/service.ts';
import { findCondition, isConditionTrue } from '../apimachinery/condition.ts';
import { controllerOf, type KubeObject } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';

/** Something that the cluster still waits for, and why. */
export interface Waiting {
  kind: string;
  namespace: string;
  name: string;
  reason: string;
}

/**
 * What keeps the cluster from being settled (interfaces.md, the `settled` event): rollouts, Jobs, bare pods and load
 * balancers that are not where they are to be. Empty: the next request routes.
 */
export function waitingFor(client: Client): Waiting[] {
  return [
    ...each(client.list(deployments), waitingDeployment),
    ...each(client.list(jobs), waitingJob),
    ...each(client.list(services), waitingService),
    ...each(client.list(pods), waitingPod),
  ];
}

function each<T extends KubeObject>(objects: readonly T[], reasonOf: (object: T) => string | undefined): Waiting[] {
  return objects.flatMap((object) => {
    const reason = reasonOf(object);
    if (reason === undefined) return [];
    return [{ kind: object.kind, namespace: object.metadata.namespace ?? '', name: object.metadata.name, reason }];
  });
}

/** The words of `kubectl rollout status` (k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go). */
function waitingDeployment({ metadata, spec, status }: Deployment): string | undefined {
  if ((status?.observedGeneration ?? 0) < (metadata.generation ?? 1))
    return 'Waiting for deployment spec update to be observed...';
  const progressing = findCondition(status?.conditions, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded')
    return `deployment "${metadata.name}" exceeded its progress deadline`;
  const wanted = spec.replicas ?? 1;
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status ?? {};
  const waiting = `Waiting for deployment "${metadata.name}" rollout to finish:`;
  if (spec.paused === true) return undefined;
  if (updatedReplicas < wanted)
    return `${waiting} ${updatedReplicas} out of ${wanted} new replicas have been updated...`;
  if (replicas > updatedReplicas)
    return `${waiting} ${replicas - updatedReplicas} old replicas are pending termination...`;
  if (availableReplicas < updatedReplicas)
    return `${waiting} ${availableReplicas} of ${updatedReplicas} updated replicas are available...`;
  return undefined;
}

function waitingJob({ spec, status }: Job): string | undefined {
  if (spec.suspend === true || isConditionTrue(status?.conditions, 'Complete')) return undefined;
  if (isConditionTrue(status?.conditions, 'Failed')) return undefined;
  return `${status?.succeeded ?? 0} of ${spec.completions ?? 1} completions`;
}

function waitingService({ metadata, spec, status }: Service): string | undefined {
  if (metadata.deletionTimestamp !== undefined) return 'its load balancer is being deleted';
  if (spec.type !== 'LoadBalancer' || spec.loadBalancerClass !== undefined) return undefined;
  return (status?.loadBalancer?.ingress ?? []).length > 0 ? undefined : 'its load balancer is pending';
}

/** Pods of controllers are judged by their controller; here count bare pods, and any that is on its way out. */
function waitingPod(pod: Pod): string | undefined {
  const { metadata, status } = pod;
  if (metadata.deletionTimestamp !== undefined) return 'it is terminating';
  if (controllerOf(pod) !== undefined || status?.phase === 'Succeeded' || status?.phase === 'Failed') return undefined;
  if (isConditionTrue(status?.conditions, 'Ready')) return undefined;
  const waiting = status?.containerStatuses?.find((container) => container.state?.waiting !== undefined)?.state
    ?.waiting;
  return waiting?.reason ?? status?.phase ?? 'Pending';
}
