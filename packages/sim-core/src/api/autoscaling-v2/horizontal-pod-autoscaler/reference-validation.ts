import { type FieldError, required } from '../../../apimachinery/field-error.ts';
import { check, isPathSegmentName } from '../../checks.ts';
import type { ObjectReference } from '../horizontal-pod-autoscaler.ts';

/** ValidateCrossVersionObjectReference */
export function validateReference(reference: Partial<ObjectReference> | undefined, path: string): FieldError[] {
  return (['kind', 'name'] as const).flatMap((field) => {
    const value = reference?.[field];
    return value ? check(`${path}.${field}`, value, isPathSegmentName(value)) : [required(`${path}.${field}`)];
  });
}
