import { type FieldError, invalid, notSupported } from '../../../apimachinery/field-error.ts';
import { GoLiteral, goIntOrString } from '../../../apimachinery/go-syntax.ts';
import { validateLabelSelector } from '../../../apimachinery/label-selector.ts';
import { checkIntOrPercent } from '../../apps-v1/int-or-percent.ts';
import type { PodDisruptionBudget } from '../pod-disruption-budget.ts';

const POLICIES: readonly string[] = Object.freeze(['AlwaysAllow', 'IfHealthyBudget']);

/** pkg/apis/policy/validation/validation.go ValidatePodDisruptionBudgetSpec */
export function validatePodDisruptionBudget({ spec = {} }: PodDisruptionBudget): FieldError[] {
  const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy: policy } = spec;
  const both = minAvailable !== undefined && maxUnavailable !== undefined;
  const message = 'minAvailable and maxUnavailable cannot be both set';
  return [
    ...(both ? [invalid('spec', goSpec(spec), message)] : []),
    ...(minAvailable === undefined ? [] : validateAmount('spec.minAvailable', minAvailable)),
    ...(maxUnavailable === undefined ? [] : validateAmount('spec.maxUnavailable', maxUnavailable)),
    ...validateLabelSelector(selector, 'spec.selector'),
    ...(policy === undefined || POLICIES.includes(policy)
      ? []
      : [notSupported('spec.unhealthyPodEvictionPolicy', policy, POLICIES)]),
  ];
}

function validateAmount(path: string, value: number | string): FieldError[] {
  const errors = checkIntOrPercent(path, value);
  const tooMuch = errors.length === 0 && typeof value === 'string' && Number.parseInt(value, 10) > 100;
  return tooMuch ? [invalid(path, goIntOrString(value), 'must not be greater than 100%')] : errors;
}

/** The spec as Go's `%#v` prints it; of pointers it shows addresses, which mean nothing. */
function goSpec({ selector, unhealthyPodEvictionPolicy: policy }: NonNullable<PodDisruptionBudget['spec']>): GoLiteral {
  const pointer = (type: string, given: boolean): string => `(*${type})(${given ? '0xc000a5a1e0' : 'nil'})`;
  const amount = pointer('intstr.IntOrString', true);
  return new GoLiteral(
    `policy.PodDisruptionBudgetSpec{MinAvailable:${amount}, Selector:${pointer('v1.LabelSelector', selector !== undefined)}, MaxUnavailable:${amount}, UnhealthyPodEvictionPolicy:${pointer('policy.UnhealthyPodEvictionPolicyType', policy !== undefined)}}`,
  );
}
