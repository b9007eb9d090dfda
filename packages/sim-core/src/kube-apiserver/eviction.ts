import { type Pod, pods } from '../api/core-v1/pod.ts';
import { type PodDisruptionBudget, podDisruptionBudgets } from '../api/policy-v1/pod-disruption-budget.ts';
import { type Condition, findCondition, isConditionTrue, withCondition } from '../apimachinery/condition.ts';
import { groupResource } from '../apimachinery/kind.ts';
import { matchesSelector } from '../apimachinery/label-selector.ts';
import {
  newForbidden,
  newNotFound,
  newTooManyRequests,
  type Status,
  StatusError,
} from '../apimachinery/status-error.ts';
import type { Store } from '../etcd/store.ts';
import { type Clock, formatTime } from '../sim/clock.ts';
import type { Registry } from './registry.ts';
import type { DeleteOptions } from './write-options.ts';

const TOO_MANY = "Cannot evict pod as it would violate the pod's disruption budget.";
/** policyv1.DisruptionBudgetCause */
const CAUSE = 'DisruptionBudget';
/** Seconds after which a client is to try again while the controller has not seen the newest budget. */
const RETRY_AFTER = 10;
/** Most evictions that the controller may not have seen yet (MaxDisruptedPodSize). */
const MOST_DISRUPTED = 2000;
/** What is not a pod's business to be protected in: it has ended, has not begun, or goes already. */
const UNPROTECTED: readonly string[] = Object.freeze(['Succeeded', 'Failed', 'Pending']);
const RESOURCE = Object.freeze({ group: 'policy', resource: 'poddisruptionbudget' });

/** What an eviction needs of the API server. */
export interface EvictionParts {
  readonly store: Store;
  readonly registry: Registry;
  readonly clock: Clock;
}

/** policy/v1 Eviction.deleteOptions, and who asks. */
export interface EvictionOptions extends DeleteOptions {
  user: string;
  dryRun?: boolean;
}

/**
 * Deletes a pod if its PodDisruptionBudget allows it: the eviction subresource, which `kubectl drain` uses
 * (pkg/registry/core/pod/storage/eviction.go).
 * @throws StatusError NotFound; TooManyRequests where the budget forbids it; 500 where two budgets select the pod
 */
export function evict(parts: EvictionParts, namespace: string, name: string, options: EvictionOptions): Status {
  const pod = parts.store.get(pods.resource, namespace, name) as Pod | undefined;
  if (pod === undefined) throw newNotFound(pods, name);
  if (!isUnprotected(pod)) askBudget(pod, parts, options.dryRun === true);
  if (options.dryRun !== true) deletePod(pod, parts, options);
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };
}

function isUnprotected({ metadata, status }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined || UNPROTECTED.includes(status?.phase ?? 'Pending');
}

function askBudget(pod: Pod, parts: EvictionParts, dryRun: boolean): void {
  const [budget, second] = budgetsOf(pod, parts.store);
  if (second !== undefined) throw severalBudgets();
  if (budget === undefined || (!isReady(pod) && mayGoUnhealthy(budget))) return;
  refuseDisruption(budget);
  if (!dryRun) takeDisruption(budget, pod, parts);
}

function budgetsOf({ metadata }: Pod, store: Store): PodDisruptionBudget[] {
  const budgets = store.list(groupResource(podDisruptionBudgets), metadata.namespace ?? '') as PodDisruptionBudget[];
  return budgets.filter(({ spec }) => matchesSelector(spec?.selector, metadata.labels));
}

function severalBudgets(): StatusError {
  const message = 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
  return new StatusError({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code: 500 });
}

function isReady({ status }: Pod): boolean {
  return isConditionTrue(status?.conditions, 'Ready');
}

/** A pod that is not healthy costs nothing while enough others are, or wherever the policy is AlwaysAllow. */
function mayGoUnhealthy({ spec, status }: PodDisruptionBudget): boolean {
  if (spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  const { currentHealthy = 0, desiredHealthy = 0 } = status ?? {};
  return currentHealthy >= desiredHealthy && desiredHealthy > 0;
}

/** The refusals of checkAndDecrement. */
function refuseDisruption(budget: PodDisruptionBudget): void {
  const { metadata, status } = budget;
  const { name, generation = 0 } = metadata;
  if ((status?.observedGeneration ?? 0) < generation) {
    const message = `The disruption budget ${name} is still being processed by the server.`;
    throw newTooManyRequests(TOO_MANY, RETRY_AFTER, [{ reason: CAUSE, message }]);
  }
  if (Object.keys(status?.disruptedPods ?? {}).length > MOST_DISRUPTED) {
    throw newForbidden(
      RESOURCE,
      name,
      'DisruptedPods map too big - too many evictions not confirmed by PDB controller',
    );
  }
  if ((status?.disruptionsAllowed ?? 0) > 0) return;
  throw newTooManyRequests(TOO_MANY, 0, [{ reason: CAUSE, message: whyNot(budget) }]);
}

function whyNot({ metadata, status }: PodDisruptionBudget): string {
  const { name } = metadata;
  const { currentHealthy = 0, desiredHealthy = 0 } = status ?? {};
  const condition = findCondition(status?.conditions, 'DisruptionAllowed');
  if (condition?.status === 'False' && condition.reason === 'SyncFailed' && condition.message) {
    return `The disruption budget ${name} does not allow evicting pods currently because it failed sync: ${condition.message}`;
  }
  if (currentHealthy <= desiredHealthy) {
    return `The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
  }
  return `The disruption budget ${name} does not allow evicting pods currently`;
}

/** Counts the pod as gone before the controller sees it go, so that two evictions never share one allowance. */
function takeDisruption(budget: PodDisruptionBudget, pod: Pod, { registry, clock }: EvictionParts): void {
  const { status } = budget;
  if (status === undefined) return;
  const now = formatTime(clock.now());
  const disruptionsAllowed = status.disruptionsAllowed - 1;
  const exhausted: Condition = {
    type: 'DisruptionAllowed',
    status: 'False',
    reason: 'InsufficientPods',
    message: '',
    observedGeneration: status.observedGeneration ?? 0,
  };
  registry.updateStatus(podDisruptionBudgets, {
    ...budget,
    status: {
      ...status,
      disruptionsAllowed,
      disruptedPods: { ...status.disruptedPods, [pod.metadata.name]: now },
      ...(disruptionsAllowed === 0 && { conditions: withCondition(status.conditions, exhausted, now) }),
    },
  });
}

/** Says why in the pod's conditions, then deletes it (addConditionAndDeletePod). */
function deletePod(pod: Pod, { registry, store, clock }: EvictionParts, options: EvictionOptions): void {
  const { namespace = '', name } = pod.metadata;
  const target: Condition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  };
  const conditions = withCondition(pod.status?.conditions, target, formatTime(clock.now()));
  registry.updateStatus(pods, { ...pod, status: { ...pod.status, conditions } });
  if (store.get(pods.resource, namespace, name) === undefined) return;
  registry.delete(pods, namespace, name, options);
}
