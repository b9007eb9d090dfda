import { deepEqual } from '../../../apimachinery/deep.ts';
import { duplicate, type FieldError, forbidden, invalid } from '../../../apimachinery/field-error.ts';
import { isValidLabelValue } from '../../../apimachinery/validation/names.ts';
import { checkCIDR, checkEnum, checkQualifiedName } from '../../checks.ts';
import type { Node, Taint } from '../node.ts';

const EFFECTS: readonly string[] = Object.freeze(['NoSchedule', 'PreferNoSchedule', 'NoExecute']);

/** pkg/apis/core/validation/validation.go ValidateNode; upstream puts taints under metadata. */
export function validateNode({ spec = {} }: Node): FieldError[] {
  return [
    ...validateTaints(spec.taints ?? [], 'metadata.taints'),
    ...(spec.podCIDRs ?? []).flatMap((cidr, i) => checkCIDR(`spec.podCIDRs[${i}]`, cidr)),
  ];
}

/** `ValidateNodeUpdate`: the pod network and the cloud's id are given once. */
export function validateNodeUpdate({ spec = {} }: Node, { spec: old = {} }: Node): FieldError[] {
  const errors: FieldError[] = [];
  if ((old.podCIDRs ?? []).length > 0 && !deepEqual(spec.podCIDRs, old.podCIDRs)) {
    errors.push(forbidden('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid'));
  }
  if (old.providerID && spec.providerID !== old.providerID) {
    errors.push(forbidden('spec.providerID', 'node updates may not change providerID except from "" to valid'));
  }
  return errors;
}

function validateTaints(taints: readonly Taint[], path: string): FieldError[] {
  return taints.flatMap((taint, i) => {
    const { key = '', value = '', effect } = taint;
    const again = taints.slice(0, i).some((earlier) => earlier.key === key && earlier.effect === effect);
    const wrong = isValidLabelValue(value);
    return [
      ...checkQualifiedName(`${path}[${i}].key`, key),
      ...(wrong.length > 0 ? [invalid(`${path}[${i}].value`, value, wrong.join(';'))] : []),
      ...checkEnum(`${path}[${i}].effect`, effect, EFFECTS),
      ...(again
        ? [{ ...duplicate(`${path}[${i}]`, taint), detail: 'taints must be unique by key and effect pair' }]
        : []),
    ];
  });
}
