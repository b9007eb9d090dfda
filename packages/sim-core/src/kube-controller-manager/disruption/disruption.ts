import { type Pod, pods } from '../../api/core-v1/pod.ts';
import {
  type PodDisruptionBudget,
  type PodDisruptionBudgetStatus,
  podDisruptionBudgets,
} from '../../api/policy-v1/pod-disruption-budget.ts';
import { type Condition, withCondition } from '../../apimachinery/condition.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import type { Kind } from '../../apimachinery/kind.ts';
import { formatLabelSelector, matchesSelector } from '../../apimachinery/label-selector.ts';
import type { NamespacedName } from '../../apimachinery/object-meta.ts';
import { type Context, type Controller, type Result, watching } from '../../controller-runtime/controller.ts';
import { formatTime, parseTime } from '../../sim/clock.ts';
import { isPodReady } from '../pod-util.ts';
import { expectedPods } from './expected-pods.ts';

/** Milliseconds that an evicted pod has to be gone before it counts again (DeletionTimeout). */
const DELETION_TIMEOUT = 120_000;

/**
 * Says of each PodDisruptionBudget how many of its pods may be evicted now (pkg/controller/disruption/disruption.go).
 * @param kinds where the controllers of pods are found, for what share of them a percentage is
 */
export function disruptionController(kinds: readonly Kind[]): Controller {
  return {
    name: 'disruption',
    component: 'controllermanager',
    for: podDisruptionBudgets,
    watches: [watching(pods, budgetsOf)],
    reconcile: (key, context) => reconcile(key, context, kinds),
  };
}

function budgetsOf({ metadata }: Pod, { client }: Context): NamespacedName[] {
  const { namespace = '', labels } = metadata;
  const selecting = client
    .list(podDisruptionBudgets, namespace)
    .filter(({ spec }) => matchesSelector(spec?.selector, labels));
  return selecting.map(({ metadata: { name } }) => ({ namespace, name }));
}

function reconcile({ namespace, name }: NamespacedName, context: Context, kinds: readonly Kind[]): Result | undefined {
  const { client, clock, events } = context;
  const budget = client.get(podDisruptionBudgets, namespace, name);
  if (budget === undefined || budget.metadata.deletionTimestamp !== undefined) return undefined;
  const selected = client
    .list(pods, namespace)
    .filter(({ metadata }) => matchesSelector(budget.spec?.selector, metadata.labels));
  if (selected.length === 0 && !wasCounted(budget)) events.event(budget, 'Normal', 'NoPods', 'No matching pods found');
  const expected = expectedPods(budget, selected, client, kinds);
  if (typeof expected === 'string') return fail(budget, expected, context);
  if (expected.unmanaged.length > 0 && !wasCounted(budget)) warnOfUnmanaged(budget, context);
  const disruptedPods = stillDisrupted(budget, selected, clock.now());
  const currentHealthy = selected.filter((pod) => isHealthy(pod, disruptedPods)).length;
  write(budget, { currentHealthy, ...expected.counts, disruptedPods }, context);
  return recheckOf(disruptedPods, clock.now());
}

/** Whether this generation of the budget was looked at before: what is told of it is told once. */
function wasCounted({ metadata, status }: PodDisruptionBudget): boolean {
  return status?.observedGeneration === metadata.generation;
}

function warnOfUnmanaged(budget: PodDisruptionBudget, { events }: Context): void {
  const selector = formatLabelSelector(budget.spec?.selector ?? {});
  events.event(
    budget,
    'Warning',
    'UnmanagedPods',
    `Pods selected by this PodDisruptionBudget (selector: ${selector}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`,
  );
}

/** A pod counts while it is ready, and neither goes nor was allowed to go a moment ago (countHealthyPods). */
function isHealthy(pod: Pod, disruptedPods: Readonly<Record<string, string>>): boolean {
  return pod.metadata.deletionTimestamp === undefined && !(pod.metadata.name in disruptedPods) && isPodReady(pod);
}

/** Evictions that were allowed and whose pods still run (buildDisruptedPodMap). */
function stillDisrupted({ status }: PodDisruptionBudget, selected: readonly Pod[], now: number) {
  const running = new Set(
    selected.filter(({ metadata }) => metadata.deletionTimestamp === undefined).map(({ metadata }) => metadata.name),
  );
  const left = Object.entries(status?.disruptedPods ?? {}).filter(
    ([name, at]) => running.has(name) && parseTime(at) + DELETION_TIMEOUT > now,
  );
  return Object.fromEntries(left);
}

function recheckOf(disruptedPods: Readonly<Record<string, string>>, now: number): Result | undefined {
  const moments = Object.values(disruptedPods).map((at) => parseTime(at) + DELETION_TIMEOUT - now);
  return moments.length === 0 ? undefined : { requeueAfter: Math.max(Math.min(...moments), 1) };
}

/** What a look at the pods found. */
type Counted = Pick<PodDisruptionBudgetStatus, 'currentHealthy' | 'desiredHealthy' | 'expectedPods'> & {
  disruptedPods: Record<string, string>;
};

function write(budget: PodDisruptionBudget, counted: Counted, { client, clock }: Context): void {
  const { disruptedPods, currentHealthy, desiredHealthy, expectedPods } = counted;
  const { generation = 0 } = budget.metadata;
  const disruptionsAllowed = expectedPods <= 0 ? 0 : Math.max(0, currentHealthy - desiredHealthy);
  const allowed: Condition = {
    type: 'DisruptionAllowed',
    status: disruptionsAllowed > 0 ? 'True' : 'False',
    reason: disruptionsAllowed > 0 ? 'SufficientPods' : 'InsufficientPods',
    message: '',
    observedGeneration: generation,
  };
  const status: PodDisruptionBudgetStatus = {
    currentHealthy,
    desiredHealthy,
    disruptionsAllowed,
    expectedPods,
    observedGeneration: generation,
    ...(Object.keys(disruptedPods).length > 0 && { disruptedPods }),
    conditions: withCondition(budget.status?.conditions, allowed, formatTime(clock.now())),
  };
  if (!deepEqual(status, budget.status)) client.updateStatus(podDisruptionBudgets, { ...budget, status });
}

/** When the pods cannot be counted nothing may be evicted (failSafe). Looked at again at the next change, as nothing else helps. */
function fail(budget: PodDisruptionBudget, why: string, { client, clock, events }: Context): undefined {
  const { status } = budget;
  const failed: Condition = {
    type: 'DisruptionAllowed',
    status: 'False',
    reason: 'SyncFailed',
    message: why,
    observedGeneration: status?.observedGeneration ?? 0,
  };
  const conditions = withCondition(status?.conditions, failed, formatTime(clock.now()));
  const next = {
    currentHealthy: 0,
    desiredHealthy: 0,
    expectedPods: 0,
    ...status,
    disruptionsAllowed: 0,
    conditions,
  };
  if (deepEqual(next, status)) return undefined;
  const message = `Failed to calculate the number of expected pods: ${why}`;
  events.event(budget, 'Warning', 'CalculateExpectedPodCountFailed', message);
  client.updateStatus(podDisruptionBudgets, { ...budget, status: next });
  return undefined;
}
