import { type FieldError, invalid, notSupported } from '../../../../apimachinery/field-error.ts';
import { isValidLabelValue } from '../../../../apimachinery/validation/names.ts';
import { checkQualifiedName } from '../../../checks.ts';
import type { Toleration } from '../pod-spec.ts';

const TAINT_EFFECTS: readonly string[] = Object.freeze(['NoSchedule', 'PreferNoSchedule', 'NoExecute']);

/** `ValidateTolerations` */
export function validateTolerations(tolerations: readonly Toleration[], path: string): FieldError[] {
  return tolerations.flatMap((toleration, i) => validateToleration(toleration, `${path}[${i}]`));
}

function validateToleration(toleration: Toleration, path: string): FieldError[] {
  const { key, operator = '', effect = '', tolerationSeconds } = toleration;
  const errors = key ? checkQualifiedName(`${path}.key`, key) : [];
  if (!key && operator !== 'Exists') {
    const message = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
    errors.push(invalid(`${path}.operator`, operator, message));
  }
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    errors.push(invalid(`${path}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
  }
  errors.push(...validateTolerationOperator(toleration, `${path}.operator`));
  if (effect && !TAINT_EFFECTS.includes(effect)) errors.push(notSupported(`${path}.effect`, effect, TAINT_EFFECTS));
  return errors;
}

function validateTolerationOperator(toleration: Toleration, path: string): FieldError[] {
  const { operator = '', value = '' } = toleration;
  if (operator === 'Exists') {
    return value ? [invalid(path, value, "value must be empty when `operator` is 'Exists'")] : [];
  }
  if (operator !== '' && operator !== 'Equal') return [notSupported(path, operator, ['Equal', 'Exists'])];
  const messages = isValidLabelValue(value);
  return messages.length > 0 ? [invalid(path, value, messages.join(';'))] : [];
}
