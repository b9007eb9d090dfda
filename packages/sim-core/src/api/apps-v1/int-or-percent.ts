import { type FieldError, invalid } from '../../apimachinery/field-error.ts';
import { goIntOrString } from '../../apimachinery/go-syntax.ts';
import { isValidPercent } from '../../apimachinery/validation/values.ts';
import { check, checkNonNegative } from '../checks.ts';

/* How many pods a rollout may do without or have too many, as numbers or percentages (pkg/apis/apps/validation/validation.go). */

/** `ValidatePositiveIntOrPercent` */
export function checkIntOrPercent(path: string, value: number | string): FieldError[] {
  return typeof value === 'number'
    ? checkNonNegative(path, value)
    : check(path, goIntOrString(value), isValidPercent(value));
}

/** `IsNotMoreThan100Percent` */
export function checkAtMost100Percent(path: string, value: number | string): FieldError[] {
  if (typeof value === 'number' || !isPercent(value) || amountOf(value) <= 100) return [];
  return [invalid(path, goIntOrString(value), 'must not be greater than 100%')];
}

/** The number before the percent sign, the whole number itself, 0 for what is neither (`getIntOrPercentValue`). */
export function amountOf(value: number | string): number {
  if (typeof value === 'number') return value;
  return isPercent(value) ? Number.parseInt(value, 10) : Math.trunc(Number(value)) || 0;
}

function isPercent(text: string): boolean {
  return isValidPercent(text).length === 0;
}
