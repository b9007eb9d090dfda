import { type FieldError, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { checkEnum } from '../../checks.ts';
import type { HorizontalPodAutoscalerSpec, ScalingRules } from '../horizontal-pod-autoscaler.ts';

/** Longest period of a policy and longest stabilization window, in seconds (MaxPeriodSeconds, MaxStabilizationWindowSeconds). */
const LONGEST_PERIOD = 1800;
const LONGEST_WINDOW = 3600;
const SELECTS: readonly string[] = Object.freeze(['Disabled', 'Max', 'Min']);

/** validateBehavior */
export function validateBehavior(behavior: HorizontalPodAutoscalerSpec['behavior'], path: string): FieldError[] {
  return [
    ...validateRules(behavior?.scaleUp, `${path}.scaleUp`),
    ...validateRules(behavior?.scaleDown, `${path}.scaleDown`),
  ];
}

/** validateScalingRules */
function validateRules(rules: ScalingRules | undefined, path: string): FieldError[] {
  if (rules === undefined) return [];
  const { stabilizationWindowSeconds: window = 0, selectPolicy, policies = [] } = rules;
  const windowPath = `${path}.stabilizationWindowSeconds`;
  return [
    ...(window < 0 ? [invalid(windowPath, window, 'must be greater than or equal to zero')] : []),
    ...(window > LONGEST_WINDOW
      ? [invalid(windowPath, window, `must be less than or equal to ${LONGEST_WINDOW}`)]
      : []),
    ...(selectPolicy !== undefined && !SELECTS.includes(selectPolicy)
      ? [notSupported(`${path}.selectPolicy`, selectPolicy, SELECTS)]
      : []),
    ...(policies.length === 0 ? [required(`${path}.policies`, 'must specify at least one Policy')] : []),
    ...policies.flatMap((policy, i) => validatePolicy(policy, `${path}.policies[${i}]`)),
  ];
}

/** validateScalingPolicy */
function validatePolicy(
  { type, value = 0, periodSeconds = 0 }: NonNullable<ScalingRules['policies']>[number],
  path: string,
): FieldError[] {
  const positive = 'must be greater than zero';
  return [
    ...checkEnum(`${path}.type`, type, ['Percent', 'Pods']),
    ...(value <= 0 ? [invalid(`${path}.value`, value, positive)] : []),
    ...(periodSeconds <= 0 ? [invalid(`${path}.periodSeconds`, periodSeconds, positive)] : []),
    ...(periodSeconds > LONGEST_PERIOD
      ? [invalid(`${path}.periodSeconds`, periodSeconds, `must be less than or equal to ${LONGEST_PERIOD}`)]
      : []),
  ];
}
