import type { HorizontalPodAutoscaler, ScalingRules } from '../../api/autoscaling-v2/horizontal-pod-autoscaler.ts';
import type { ScalingHistory } from './scaling-history.ts';

/** Seconds for which the highest proposal holds (--horizontal-pod-autoscaler-downscale-stabilization). */
const DOWNSCALE_STABILIZATION = 300;
/** Without behaviour rules one step doubles, or comes to 4. */
const UP_FACTOR = 2;
const UP_LEAST = 4;

/** A reason and a message of a condition. */
export interface Said {
  readonly reason: string;
  readonly message: string;
}

/** The size that is allowed now, and what the conditions say of it. */
export interface Normalized {
  readonly replicas: number;
  readonly ableToScale: Said;
  readonly limited: Said & { readonly status: 'True' | 'False' };
}

const READY: Said = Object.freeze({ reason: 'ReadyForNewScale', message: 'recommended size matches current size' });
const UP_STABILIZED: Said = Object.freeze({
  reason: 'ScaleUpStabilized',
  message: 'recent recommendations were lower than current one, applying the lowest recent recommendation',
});
const DOWN_STABILIZED: Said = Object.freeze({
  reason: 'ScaleDownStabilized',
  message: 'recent recommendations were higher than current one, applying the highest recent recommendation',
});
const WITHIN: Said = Object.freeze({
  reason: 'DesiredWithinRange',
  message: 'the desired count is within the acceptable range',
});
const TOO_MANY: Said = Object.freeze({
  reason: 'TooManyReplicas',
  message: 'the desired replica count is more than the maximum replica count',
});
const TOO_FEW: Said = Object.freeze({
  reason: 'TooFewReplicas',
  message: 'the desired replica count is less than the minimum replica count',
});
const UP_LIMIT: Said = Object.freeze({
  reason: 'ScaleUpLimit',
  message: 'the desired replica count is increasing faster than the maximum scale rate',
});
const DOWN_LIMIT: Said = Object.freeze({
  reason: 'ScaleDownLimit',
  message: 'the desired replica count is decreasing faster than the maximum scale rate',
});

/**
 * Holds a proposal back as the autoscaler's rules say: stabilization first, then the rate, then its bounds
 * (normalizeDesiredReplicas, normalizeDesiredReplicasWithBehaviors). Remembers the proposal.
 */
export function normalize(
  { spec }: HorizontalPodAutoscaler,
  current: number,
  desired: number,
  history: ScalingHistory,
  now: number,
): Normalized {
  const { behavior, minReplicas: min = 1, maxReplicas: max } = spec;
  const stabilized = stabilize(behavior, current, desired, history, now);
  history.recommend(desired, now);
  const { replicas, said } =
    behavior === undefined
      ? withinRules(current, stabilized.replicas, min, max)
      : withinRates(behavior, { current, desired: stabilized.replicas, min, max, history, now });
  const limited = { ...said, status: replicas === stabilized.replicas ? ('False' as const) : ('True' as const) };
  return { replicas, ableToScale: stabilized.said, limited };
}

type Behavior = HorizontalPodAutoscaler['spec']['behavior'];
type Step = { readonly replicas: number; readonly said: Said };

/** stabilizeRecommendation; with rules stabilizeRecommendationWithBehaviors. */
function stabilize(behavior: Behavior, current: number, desired: number, history: ScalingHistory, now: number): Step {
  if (behavior !== undefined) return stabilizeByRules(behavior, current, desired, history, now);
  const recent = history.recommendationsSince(now - DOWNSCALE_STABILIZATION * 1000);
  const replicas = Math.max(...recent, desired);
  return { replicas, said: replicas === desired ? READY : DOWN_STABILIZED };
}

/** The present size, moved as little as the proposals of both windows allow. */
function stabilizeByRules(
  { scaleUp, scaleDown }: NonNullable<Behavior>,
  current: number,
  desired: number,
  history: ScalingHistory,
  now: number,
): Step {
  const since = (seconds: number) => history.recommendationsSince(now - seconds * 1000 + 1);
  const least = Math.min(...since(scaleUp?.stabilizationWindowSeconds ?? 0), desired);
  const most = Math.max(...since(scaleDown?.stabilizationWindowSeconds ?? DOWNSCALE_STABILIZATION), desired);
  const replicas = Math.min(Math.max(current, least), most);
  const stabilized = desired >= current ? UP_STABILIZED : DOWN_STABILIZED;
  return { replicas, said: replicas === desired ? READY : stabilized };
}

/** convertDesiredReplicasWithRules */
function withinRules(current: number, desired: number, min: number, max: number): Step {
  const rate = Math.max(UP_FACTOR * current, UP_LEAST);
  if (desired < min) return { replicas: min, said: TOO_FEW };
  if (desired <= Math.min(rate, max)) return { replicas: desired, said: WITHIN };
  return max > rate ? { replicas: rate, said: UP_LIMIT } : { replicas: max, said: TOO_MANY };
}

interface Rated {
  readonly current: number;
  readonly desired: number;
  readonly min: number;
  readonly max: number;
  readonly history: ScalingHistory;
  readonly now: number;
}

/** convertDesiredReplicasWithBehaviorRate */
function withinRates(behavior: NonNullable<Behavior>, rated: Rated): Step {
  const { current, desired, min, max } = rated;
  if (desired > current) {
    const rate = Math.max(upLimit(behavior.scaleUp, rated), current);
    const most = Math.min(max, rate);
    return desired > most
      ? { replicas: most, said: max > rate ? UP_LIMIT : TOO_MANY }
      : { replicas: desired, said: WITHIN };
  }
  if (desired < current) {
    const rate = Math.min(downLimit(behavior.scaleDown, rated), current);
    const least = Math.max(min, rate);
    return desired < least
      ? { replicas: least, said: min < rate ? DOWN_LIMIT : TOO_FEW }
      : { replicas: desired, said: WITHIN };
  }
  return { replicas: desired, said: WITHIN };
}

/** calculateScaleUpLimitWithScalingRules */
function upLimit(rules: ScalingRules = {}, { current, history, now }: Rated): number {
  if (rules.selectPolicy === 'Disabled') return current;
  const proposals = (rules.policies ?? []).map(({ type, value, periodSeconds }) => {
    const start = current - history.changed('up', periodSeconds, now) + history.changed('down', periodSeconds, now);
    return type === 'Pods' ? start + value : Math.ceil(start * (1 + value / 100));
  });
  if (proposals.length === 0) return current;
  return rules.selectPolicy === 'Min' ? Math.min(...proposals) : Math.max(...proposals);
}

/** calculateScaleDownLimitWithBehaviors */
function downLimit(rules: ScalingRules = {}, { current, history, now }: Rated): number {
  if (rules.selectPolicy === 'Disabled') return current;
  const proposals = (rules.policies ?? []).map(({ type, value, periodSeconds }) => {
    const start = current + history.changed('down', periodSeconds, now) - history.changed('up', periodSeconds, now);
    return type === 'Pods' ? start - value : Math.trunc(start * (1 - value / 100));
  });
  if (proposals.length === 0) return current;
  return rules.selectPolicy === 'Min' ? Math.max(...proposals) : Math.min(...proposals);
}
