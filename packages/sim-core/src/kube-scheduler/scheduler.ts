import { nodes } from '../api/core-v1/node.ts';
import { persistentVolumeClaims } from '../api/core-v1/persistent-volume-claim.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { type Condition, findCondition, withCondition } from '../apimachinery/condition.ts';
import { keyOf, type NamespacedName } from '../apimachinery/object-meta.ts';
import { type Context, type Controller, type Result, watching } from '../controller-runtime/controller.ts';
import { formatTime, parseTime } from '../sim/clock.ts';
import { SchedulerCache } from './cache.ts';
import { fitError, preFilterError } from './fit-error.ts';
import type { NodeInfo, PodInfo } from './node-info.ts';
import type { Rejection } from './plugins/filter.ts';
import { FILTERS } from './plugins/index.ts';
import { bestNode } from './score.ts';

const NAME = 'default-scheduler';

/**
 * Gives pods their node (pkg/scheduler/schedule_one.go). A pod that fits nowhere is tried again when a node changes or a
 * pod makes room. There is no preemption: no pod is ever taken away for another.
 * @param delayOf milliseconds of cluster time from a pod's creation to the look for its node
 */
export function schedulerController(delayOf: () => number = () => 0): Controller {
  let cache: SchedulerCache | undefined;
  const cacheOf = ({ client }: Context) => {
    cache ??= new SchedulerCache(client);
    return cache;
  };
  return {
    name: 'kube-scheduler',
    component: NAME,
    for: nodes,
    watches: [
      watching(pods, (pod, context) => waitingFor(pod, context, cacheOf(context)), { onlyAfter: true }),
      watching(persistentVolumeClaims, (claim, context) => cacheOf(context).volumes.waitingFor(claim), {
        onlyAfter: true,
      }),
    ],
    reconcile: (key, context) => reconcile(key, context, cacheOf(context), delayOf()),
  };
}

/** The key of a node means: it changed or has room again, so try every pod that waits. */
function reconcile(
  { namespace, name }: NamespacedName,
  context: Context,
  cache: SchedulerCache,
  delay: number,
): Result | void {
  const waiting = namespace === '' ? cache.waiting() : [{ namespace, name }];
  let requeueAfter = 0;
  for (const key of waiting) {
    const pod = context.client.get(pods, key.namespace, key.name);
    if (pod === undefined || !isOurs(pod)) continue;
    const wait = delay === 0 ? 0 : parseTime(pod.metadata.creationTimestamp) + delay - context.clock.now();
    if (wait > 0) requeueAfter = Math.max(requeueAfter, wait);
    else schedule(pod, context, cache);
  }
  return requeueAfter > 0 ? { requeueAfter } : undefined;
}

/** A pod without a node concerns itself; one that ends or goes away makes room for those that wait. */
function waitingFor(pod: Pod, { client }: Context, cache: SchedulerCache): NamespacedName[] {
  const { namespace = '', name } = pod.metadata;
  if (!pod.spec.nodeName) return isOurs(pod) ? [{ namespace, name }] : [];
  const { phase } = client.get(pods, namespace, name)?.status ?? { phase: 'Succeeded' };
  const madeRoom = phase === 'Succeeded' || phase === 'Failed';
  return madeRoom && cache.hasWaiting ? [{ namespace: '', name: pod.spec.nodeName }] : [];
}

function isOurs({ metadata, spec, status }: Pod): boolean {
  if (
    spec.nodeName ||
    metadata.deletionTimestamp !== undefined ||
    status?.phase === 'Succeeded' ||
    status?.phase === 'Failed'
  )
    return false;
  const gates = (spec.schedulingGates ?? []) as readonly unknown[];
  return gates.length === 0 && (spec.schedulerName ?? NAME) === NAME;
}

function schedule(pod: Pod, context: Context, cache: SchedulerCache): void {
  const volumes = cache.volumes.read(pod, context.client);
  if ('refusal' in volumes) return fail(pod, preFilterError(cache.size, volumes.refusal), context);
  const info = cache.read(pod);
  const feasible: NodeInfo[] = [];
  const rejections: Rejection[] = [];
  for (const node of cache.nodes()) {
    const rejection = firstRejection(info, node);
    if (rejection === undefined) feasible.push(node);
    else rejections.push(rejection);
  }
  const chosen = feasible.find(({ node }) => node.metadata.name === volumes.selected);
  const name = (chosen ?? bestNode(info, feasible))?.node.metadata.name;
  if (name === undefined) return fail(pod, fitError(rejections), context);
  if (volumes.delayed.length > 0) cache.volumes.selectNode(volumes.delayed, name, context.client);
  else bind(pod, name, context);
}

function firstRejection(pod: PodInfo, node: NodeInfo): Rejection | undefined {
  for (const plugin of FILTERS) {
    const rejection = plugin.filter(pod, node);
    if (rejection !== undefined) return rejection;
  }
  return undefined;
}

function bind(pod: Pod, nodeName: string, { client, events }: Context): void {
  client.bind(pod, nodeName);
  const { namespace = '', name } = pod.metadata;
  events.event(pod, 'Normal', 'Scheduled', `Successfully assigned ${keyOf(namespace, name)} to ${nodeName}`);
}

/** Told once for each new reason, not at each try. */
function fail(pod: Pod, message: string, { client, clock, events }: Context): void {
  const unscheduled: Condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message };
  const old = findCondition(pod.status?.conditions, 'PodScheduled');
  if (old?.status === 'False' && old.message === message) return;
  const conditions = withCondition(pod.status?.conditions, unscheduled, formatTime(clock.now()));
  client.updateStatus(pods, { ...pod, status: { ...pod.status, conditions } });
  events.event(pod, 'Warning', 'FailedScheduling', message);
}
