import { type DaemonSet, daemonSets } from '../api/apps-v1/daemon-set.ts';
import { type Deployment, deployments } from '../api/apps-v1/deployment.ts';
import { type StatefulSet, statefulSets } from '../api/apps-v1/stateful-set.ts';
import { type Job, jobs } from '../api/batch-v1/job.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { type Service, services } from '../api/core-v1/service.ts';
import { findCondition, isConditionTrue } from '../apimachinery/condition.ts';
import { matchesSelector } from '../apimachinery/label-selector.ts';
import { controllerOf, type KubeObject, keyOf, parseKey } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import type { CloudProvider } from '../cloud/provider.ts';
import type { IngressNginx } from '../ingress-nginx/controller.ts';
import { daemonSetRollout, deploymentRollout, statefulSetRollout } from './rollout-status.ts';
import { stuckPods } from './stuck-pods.ts';

/** Something that the cluster still waits for, and why. */
export interface Waiting {
  kind: string;
  namespace: string;
  name: string;
  reason: string;
  /** Whether it gets nowhere unless somebody does something. */
  stuck: boolean;
}

/** What is looked at. */
export interface WaitingParts {
  readonly client: Client;
  readonly cloud: CloudProvider;
  /** Running controller replicas by pod address. */
  readonly replicas: ReadonlyMap<string, IngressNginx>;
}

/** Why an object keeps the cluster waiting; undefined when it does not. */
type Reason = { readonly reason: string; readonly stuck: boolean } | undefined;

/**
 * What keeps the cluster from being settled (interfaces.md, the `settled` event): rollouts, Jobs, bare pods, load
 * balancers and controllers that are not where they are to be. Empty: the next request routes. Whoever asks lets the
 * cluster settle first: controllers with work to do are not in it.
 */
export function waitingFor({ client, cloud, replicas }: WaitingParts): Waiting[] {
  // Most clusters wait for nothing, and never look.
  let known: Pod[] | undefined;
  const stuck = () => (known ??= stuckPods(client));
  return [
    ...each(client.list(deployments), (deployment) => waitingDeployment(deployment, stuck)),
    ...each(client.list(statefulSets), (set) => waitingRollout(set, statefulSetRollout(set), () => false, stuck)),
    ...each(client.list(daemonSets), (set) => waitingRollout(set, daemonSetRollout(set), () => false, stuck)),
    ...each(client.list(jobs), (job) => waitingJob(job, stuck)),
    ...each(client.list(services), (service) => waitingService(service, cloud)),
    ...each(client.list(pods), (pod) => waitingPod(pod, replicas, stuck)),
    ...leftLoadBalancers(client, cloud),
  ];
}

function each<T extends KubeObject>(objects: readonly T[], reasonOf: (object: T) => Reason): Waiting[] {
  return objects.flatMap((object) => {
    const reason = reasonOf(object);
    if (reason === undefined) return [];
    return [{ kind: object.kind, namespace: object.metadata.namespace ?? '', name: object.metadata.name, ...reason }];
  });
}

function waitingDeployment(deployment: Deployment, stuckPodsNow: () => Pod[]): Reason {
  const { status } = deployment;
  const isOver = findCondition(status?.conditions, 'Progressing')?.reason === 'ProgressDeadlineExceeded';
  const isRefused = isConditionTrue(status?.conditions, 'ReplicaFailure');
  return waitingRollout(deployment, deploymentRollout(deployment), () => isOver || isRefused, stuckPodsNow);
}

/** A rollout that is not over: stuck where it says so itself, or where one of its pods is. */
function waitingRollout(
  { metadata, spec }: Deployment | StatefulSet | DaemonSet,
  reason: string | undefined,
  isStuck: () => boolean,
  stuckPodsNow: () => Pod[],
): Reason {
  if (reason === undefined) return undefined;
  const own = (pod: Pod) =>
    pod.metadata.namespace === metadata.namespace && matchesSelector(spec.selector, pod.metadata.labels);
  return { reason, stuck: isStuck() || stuckPodsNow().some(own) };
}

function waitingJob({ metadata, spec, status }: Job, stuckPodsNow: () => Pod[]): Reason {
  if (spec.suspend === true || isConditionTrue(status?.conditions, 'Complete')) return undefined;
  if (isConditionTrue(status?.conditions, 'Failed')) return undefined;
  const reason = `${status?.succeeded ?? 0} of ${spec.completions ?? 1} completions`;
  return { reason, stuck: stuckPodsNow().some((pod) => controllerOf(pod)?.uid === metadata.uid) };
}

function waitingService({ metadata, spec, status }: Service, cloud: CloudProvider): Reason {
  if (metadata.deletionTimestamp !== undefined) return { reason: 'its load balancer is being deleted', stuck: false };
  if (spec.type !== 'LoadBalancer' || spec.loadBalancerClass !== undefined) return undefined;
  if ((status?.loadBalancer?.ingress ?? []).length === 0)
    return { reason: 'its load balancer is pending', stuck: false };
  const balancer = cloud.get(keyOf(metadata.namespace ?? '', metadata.name));
  return balancer?.doneAt === undefined ? undefined : { reason: 'its load balancer is being changed', stuck: false };
}

/** Load balancers that are being deleted behind Services that want none any more. */
function leftLoadBalancers(client: Client, cloud: CloudProvider): Waiting[] {
  return cloud.list().flatMap(({ service, state }) => {
    const { namespace, name } = parseKey(service);
    const owner = client.get(services, namespace, name);
    const isTold = owner === undefined || owner.metadata.deletionTimestamp !== undefined;
    if (state !== 'deleting' || isTold) return [];
    return [{ kind: 'Service', namespace, name, reason: 'its load balancer is being deleted', stuck: false }];
  });
}

/** Pods of controllers are judged by their controller; here count bare pods, and any that is on its way out. */
function waitingPod(pod: Pod, replicas: WaitingParts['replicas'], stuckPodsNow: () => Pod[]): Reason {
  const { metadata, status } = pod;
  if (metadata.deletionTimestamp !== undefined) return { reason: 'it is terminating', stuck: false };
  const failure = replicas.get(status?.podIP ?? '')?.failure() ?? '';
  if (failure !== '') return { reason: `the controller could not load its configuration: ${failure}`, stuck: true };
  if (controllerOf(pod) !== undefined || status?.phase === 'Succeeded' || status?.phase === 'Failed') return undefined;
  if (isConditionTrue(status?.conditions, 'Ready')) return undefined;
  const waiting = status?.containerStatuses?.find((container) => container.state?.waiting !== undefined);
  const reason = waiting?.state?.waiting?.reason ?? status?.phase ?? 'Pending';
  return { reason, stuck: stuckPodsNow().includes(pod) };
}
