import type { Pod } from '../../api/core-v1/pod.ts';
import { findCondition } from '../../apimachinery/condition.ts';
import { parseQuantity, quantityMilliValue } from '../../apimachinery/quantity.ts';
import { parseTime } from '../../sim/clock.ts';
import { type PodMetric, type PodMetricsInfo, usageRatio, utilizationRatio } from './metrics.ts';

/** Distance from the target, as a share, that changes nothing (--horizontal-pod-autoscaler-tolerance). */
export const TOLERANCE = 0.1;
/** Milliseconds after its start in which a pod's CPU is not believed (--horizontal-pod-autoscaler-cpu-initialization-period). */
const CPU_INITIALIZATION = 300_000;
/** Milliseconds in which a pod that is not ready counts as one that never was (…-initial-readiness-delay). */
const READINESS_DELAY = 30_000;

/** What a metric proposes. */
export interface Proposal {
  readonly replicas: number;
  /** Percent of what is requested, where that was asked for. */
  readonly utilization?: number;
  /** Thousandths of the resource for each pod. */
  readonly average: number;
}

/** What is looked at: the selected pods and what they use. */
export interface Observed {
  readonly resource: string;
  readonly container: string | undefined;
  readonly pods: readonly Pod[];
  readonly metrics: PodMetricsInfo;
  readonly currentReplicas: number;
  readonly now: number;
}

/** Pods by how much their metrics say (groupPods). */
interface Groups {
  readonly ready: number;
  readonly unready: readonly string[];
  readonly missing: readonly string[];
}

/** For a target that is a share of the request (GetResourceReplicas). @throws Error in upstream's words */
export function resourceReplicas(observed: Observed, target: number): Proposal {
  const { metrics, groups } = usable(observed);
  const requests = podRequests(observed);
  if (metrics.size === 0) throw new Error('did not receive metrics for any ready pods');
  const { ratio, utilization, average } = utilizationRatio(metrics, requests, target);
  const fallback = (name: string) => Math.trunc(((requests.get(name) ?? 0) * Math.max(100, target)) / 100);
  const again = (all: PodMetricsInfo) => utilizationRatio(all, requests, target).ratio;
  return { replicas: replicasFor(observed, { ratio, metrics, groups, fallback, again }), utilization, average };
}

/** For a target that is an amount for each pod (GetRawResourceReplicas). @throws Error in upstream's words */
export function rawResourceReplicas(observed: Observed, target: number): Proposal {
  const { metrics, groups } = usable(observed);
  if (metrics.size === 0) throw new Error('did not receive metrics for any ready pods');
  const { ratio, average } = usageRatio(metrics, target);
  const again = (all: PodMetricsInfo) => usageRatio(all, target).ratio;
  return { replicas: replicasFor(observed, { ratio, metrics, groups, fallback: () => target, again }), average };
}

/** The pods in groups, and the metrics of those that count. */
function usable(observed: Observed): { metrics: PodMetricsInfo; groups: Groups } {
  if (observed.pods.length === 0) throw new Error('no pods returned by selector while calculating replica count');
  const metrics: PodMetricsInfo = new Map();
  const unready: string[] = [];
  const missing: string[] = [];
  for (const pod of observed.pods) {
    const { name, deletionTimestamp } = pod.metadata;
    const metric = observed.metrics.get(name);
    if (deletionTimestamp !== undefined || pod.status?.phase === 'Failed') continue;
    if ((pod.status?.phase ?? 'Pending') === 'Pending') unready.push(name);
    else if (metric === undefined) missing.push(name);
    else if (observed.resource === 'cpu' && isUnready(pod, metric, observed.now)) unready.push(name);
    else metrics.set(name, metric);
  }
  return { metrics, groups: { ready: metrics.size, unready, missing } };
}

/** Whether a pod's CPU says nothing about its load yet. */
function isUnready({ status }: Pod, { at, window }: PodMetric, now: number): boolean {
  const ready = findCondition(status?.conditions, 'Ready');
  if (ready === undefined || status?.startTime === undefined) return true;
  const startedAt = parseTime(status.startTime);
  const changedAt = parseTime(ready.lastTransitionTime);
  if (startedAt + CPU_INITIALIZATION > now) return ready.status === 'False' || at < changedAt + window;
  return ready.status === 'False' && startedAt + READINESS_DELAY > changedAt;
}

/** What each pod requests, in thousandths (calculateRequests). @throws Error for a container that requests nothing */
function podRequests({ pods, resource, container }: Observed): Map<string, number> {
  const requests = new Map<string, number>();
  for (const { metadata, spec } of pods) {
    const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
    let sum = 0;
    for (const { name, resources } of [...spec.containers, ...sidecars]) {
      if (container !== undefined && name !== container) continue;
      const request = resources?.requests?.[resource];
      if (request === undefined)
        throw new Error(`missing request for ${resource} in container ${name} of Pod ${metadata.name}`);
      sum += quantityMilliValue(parseQuantity(request));
    }
    requests.set(metadata.name, sum);
  }
  return requests;
}

interface Calculation {
  readonly ratio: number;
  readonly metrics: PodMetricsInfo;
  readonly groups: Groups;
  /** What a pod without metrics is taken to use when the others use little. */
  fallback(name: string): number;
  /** The ratio with other metrics. */
  again(metrics: PodMetricsInfo): number;
}

/**
 * Pods without metrics are taken to use all they may when the others use little, and nothing when they use much; pods that
 * are not ready to use nothing when the others use much. Where that turns the direction round, nothing changes.
 */
function replicasFor({ currentReplicas }: Observed, { ratio, metrics, groups, fallback, again }: Calculation): number {
  const rebalance = groups.unready.length > 0 && ratio > 1;
  if (!rebalance && groups.missing.length === 0) {
    return isClose(ratio) ? currentReplicas : Math.ceil(ratio * groups.ready);
  }
  const all: PodMetricsInfo = new Map(metrics);
  const add = (name: string, value: number) => all.set(name, { value, at: 0, window: 0 });
  if (ratio !== 1) for (const name of groups.missing) add(name, ratio < 1 ? fallback(name) : 0);
  if (rebalance) for (const name of groups.unready) add(name, 0);
  const next = again(all);
  if (isClose(next) || (ratio < 1 && next > 1) || (ratio > 1 && next < 1)) return currentReplicas;
  const replicas = Math.ceil(next * all.size);
  const turned = (next < 1 && replicas > currentReplicas) || (next > 1 && replicas < currentReplicas);
  return turned ? currentReplicas : replicas;
}

function isClose(ratio: number): boolean {
  return Math.abs(1 - ratio) <= TOLERANCE;
}
