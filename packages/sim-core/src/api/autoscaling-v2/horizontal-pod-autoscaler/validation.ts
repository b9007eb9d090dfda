import { type FieldError, invalid, required } from '../../../apimachinery/field-error.ts';
import { check, isPathSegmentName } from '../../checks.ts';
import type { HorizontalPodAutoscaler } from '../horizontal-pod-autoscaler.ts';

/** pkg/apis/autoscaling/validation/validation.go validateHorizontalPodAutoscalerSpec */
export function validateHorizontalPodAutoscaler({ spec }: HorizontalPodAutoscaler): FieldError[] {
  const { minReplicas, maxReplicas = 0, scaleTargetRef } = spec;
  const positive = 'must be greater than 0';
  const smaller = minReplicas !== undefined && maxReplicas < minReplicas;
  const reference = (field: 'kind' | 'name'): FieldError[] => {
    const value = scaleTargetRef?.[field];
    const path = `spec.scaleTargetRef.${field}`;
    return value ? check(path, value, isPathSegmentName(value)) : [required(path)];
  };
  return [
    ...(minReplicas !== undefined && minReplicas < 1
      ? [invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1')]
      : []),
    ...(maxReplicas < 1 ? [invalid('spec.maxReplicas', maxReplicas, positive)] : []),
    ...(smaller ? [invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`')] : []),
    ...reference('kind'),
    ...reference('name'),
  ];
}
