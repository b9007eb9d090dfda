import {
  type HorizontalPodAutoscaler,
  type HorizontalPodAutoscalerStatus,
  horizontalPodAutoscalers,
} from '../../api/autoscaling-v2/horizontal-pod-autoscaler.ts';
import { pods } from '../../api/core-v1/pod.ts';
import { type Condition, withCondition } from '../../apimachinery/condition.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import { matchesSelector } from '../../apimachinery/label-selector.ts';
import { parseLabelSelector } from '../../apimachinery/label-selector-parser.ts';
import { StatusError } from '../../apimachinery/status-error.ts';
import type { Context } from '../../controller-runtime/controller.ts';
import { formatTime } from '../../sim/clock.ts';
import { type Computed, computeReplicas } from './compute-replicas.ts';
import { normalize } from './normalize.ts';
import type { PodAutoscalerParts } from './podautoscaler.ts';
import { type ScaleTarget, scaleTarget } from './scale-target.ts';
import type { ScalingHistory } from './scaling-history.ts';

/** One look at one autoscaler: what is being put together, and what it works with. */
interface Look {
  readonly autoscaler: HorizontalPodAutoscaler;
  readonly history: ScalingHistory;
  readonly context: Context;
  readonly parts: PodAutoscalerParts;
  conditions: Condition[];
}

/** A size, and why. */
interface Wanted {
  readonly replicas: number;
  readonly reason: string;
  readonly computed?: Computed;
}

/** reconcileAutoscaler of pkg/controller/podautoscaler/horizontal.go */
export function reconcileAutoscaler(
  autoscaler: HorizontalPodAutoscaler,
  history: ScalingHistory,
  context: Context,
  parts: PodAutoscalerParts,
): void {
  const look: Look = { autoscaler, history, context, parts, conditions: autoscaler.status?.conditions ?? [] };
  const { scaleTargetRef } = autoscaler.spec;
  const target = scaleTarget(scaleTargetRef, autoscaler.metadata.namespace ?? '', context.client, parts.kinds);
  if (typeof target === 'string') return failToGetScale(look, target);
  say(
    look,
    'AbleToScale',
    'True',
    'SucceededGetScale',
    "the HPA controller was able to get the target's current scale",
  );
  history.begin(target.replicas, context.clock.now());
  const wanted = wantedSize(look, target);
  if (wanted === undefined) return;
  if (wanted.replicas === target.replicas) writeStatus(look, target.replicas, wanted, false);
  else rescale(look, target, wanted);
}

function failToGetScale(look: Look, why: string): void {
  const message = `the HPA controller was unable to get the target's current scale: ${why}`;
  tell(look, 'Warning', 'FailedGetScale', why);
  say(look, 'AbleToScale', 'False', 'FailedGetScale', message);
  write(look, { desiredReplicas: 0, ...look.autoscaler.status });
}

/** @returns undefined when nothing is known; what there is to say has been said */
function wantedSize(look: Look, target: ScaleTarget): Wanted | undefined {
  const { minReplicas = 1, maxReplicas } = look.autoscaler.spec;
  const { replicas } = target;
  if (replicas === 0 && minReplicas !== 0) {
    const message = 'scaling is disabled since the replica count of the target is zero';
    say(look, 'ScalingActive', 'False', 'ScalingDisabled', message);
    return { replicas: 0, reason: '' };
  }
  if (replicas > maxReplicas)
    return { replicas: maxReplicas, reason: 'Current number of replicas above Spec.MaxReplicas' };
  if (replicas < minReplicas)
    return { replicas: minReplicas, reason: 'Current number of replicas below Spec.MinReplicas' };
  return byMetrics(look, target);
}

function byMetrics(look: Look, target: ScaleTarget): Wanted | undefined {
  const { autoscaler, history, context } = look;
  const computed = target.selector === '' ? withoutSelector(look) : compute(look, target);
  if (computed?.replicas === undefined) {
    const { desiredReplicas = 0 } = autoscaler.status ?? {};
    writeStatus(look, target.replicas, { replicas: desiredReplicas, reason: '', ...(computed && { computed }) }, false);
    if (computed !== undefined) tell(look, 'Warning', 'FailedComputeMetricsReplicas', summary(computed));
    return undefined;
  }
  const message = `the HPA was able to successfully calculate a replica count from ${computed.metric}`;
  say(look, 'ScalingActive', 'True', 'ValidMetricFound', message);
  const desired = computed.replicas;
  const reason = desired > target.replicas ? `${computed.metric} above target` : 'All metrics below target';
  const { replicas, ableToScale, limited } = normalize(
    autoscaler,
    target.replicas,
    desired,
    history,
    context.clock.now(),
  );
  say(look, 'AbleToScale', 'True', ableToScale.reason, ableToScale.message);
  say(look, 'ScalingLimited', limited.status, limited.reason, limited.message);
  return { replicas, reason, computed };
}

function withoutSelector(look: Look): undefined {
  tell(look, 'Warning', 'SelectorRequired', 'selector is required');
  say(look, 'ScalingActive', 'False', 'InvalidSelector', "the HPA target's scale is missing a selector");
}

/** Asks every metric; what fails is told at once, the first failure also in the condition. */
function compute(look: Look, { selector, replicas }: ScaleTarget): Computed {
  const { autoscaler, context, parts } = look;
  const { namespace = '' } = autoscaler.metadata;
  const wanted = parseLabelSelector(selector);
  const selected = context.client
    .list(pods, namespace)
    .filter(({ metadata }) => matchesSelector(wanted, metadata.labels));
  const metrics = parts.podMetrics(namespace);
  const now = context.clock.now();
  const computed = computeReplicas({ autoscaler, pods: selected, metrics, currentReplicas: replicas, now });
  for (const { reason, message } of computed.failures) tell(look, 'Warning', reason, message);
  const [first] = computed.failures;
  if (computed.replicas === undefined && first !== undefined) {
    const message = `the HPA was unable to compute the replica count: ${first.message}`;
    say(look, 'ScalingActive', 'False', first.reason, message);
  }
  return computed;
}

function summary({ failures, statuses }: Computed): string {
  const counts = `${failures.length} invalid out of ${statuses.length}`;
  return `invalid metrics (${counts}), first error is: ${failures[0]?.summary}`;
}

function rescale(look: Look, { kind, object, replicas: current }: ScaleTarget, wanted: Wanted): void {
  const { replicas, reason } = wanted;
  const { client, clock } = look.context;
  try {
    client.update(kind, kind.scale?.withReplicas(object, replicas) ?? object);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    tell(look, 'Warning', 'FailedRescale', `New size: ${replicas}; reason: ${reason}; error: ${error.message}`);
    const message = `the HPA controller was unable to update the target scale: ${error.message}`;
    say(look, 'AbleToScale', 'False', 'FailedUpdateScale', message);
    return writeStatus(look, current, { ...wanted, replicas: look.autoscaler.status?.desiredReplicas ?? 0 }, false);
  }
  const message = `the HPA controller was able to update the target scale to ${replicas}`;
  say(look, 'AbleToScale', 'True', 'SucceededRescale', message);
  tell(look, 'Normal', 'SuccessfulRescale', `New size: ${replicas}; reason: ${reason}`);
  look.history.scaled(current, replicas, clock.now());
  writeStatus(look, current, wanted, true);
}

/** setStatus: without metrics of this look none are shown, but for a failed one, which leaves the old ones. */
function writeStatus(look: Look, currentReplicas: number, { replicas, computed }: Wanted, scaled: boolean): void {
  const { status } = look.autoscaler;
  const lastScaleTime = scaled ? formatTime(look.context.clock.now()) : status?.lastScaleTime;
  write(look, {
    ...(lastScaleTime !== undefined && { lastScaleTime }),
    currentReplicas,
    desiredReplicas: replicas,
    currentMetrics: computed?.statuses ?? null,
  });
}

function write(look: Look, status: HorizontalPodAutoscalerStatus): void {
  const { autoscaler, conditions, context } = look;
  const next = { ...status, conditions };
  if (deepEqual(next, autoscaler.status)) return;
  context.client.updateStatus(horizontalPodAutoscalers, { ...autoscaler, status: next });
}

function say(look: Look, type: string, status: 'True' | 'False', reason: string, message: string): void {
  const now = formatTime(look.context.clock.now());
  look.conditions = withCondition(look.conditions, { type, status, reason, message }, now);
}

function tell({ autoscaler, context }: Look, type: 'Normal' | 'Warning', reason: string, message: string): void {
  context.events.event(autoscaler, type, reason, message);
}
