import { type FieldError, invalid } from '../../../apimachinery/field-error.ts';
import type { HorizontalPodAutoscaler } from '../horizontal-pod-autoscaler.ts';
import { validateBehavior } from './behavior-validation.ts';
import { validateMetrics } from './metrics-validation.ts';
import { validateReference } from './reference-validation.ts';

/** pkg/apis/autoscaling/validation/validation.go validateHorizontalPodAutoscalerSpec */
export function validateHorizontalPodAutoscaler({ spec }: HorizontalPodAutoscaler): FieldError[] {
  const { minReplicas, maxReplicas = 0, scaleTargetRef } = spec;
  const smaller = minReplicas !== undefined && maxReplicas < minReplicas;
  return [
    ...(minReplicas !== undefined && minReplicas < 1
      ? [invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1')]
      : []),
    ...(maxReplicas < 1 ? [invalid('spec.maxReplicas', maxReplicas, 'must be greater than 0')] : []),
    ...(smaller ? [invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`')] : []),
    ...validateReference(scaleTargetRef, 'spec.scaleTargetRef'),
    ...validateMetrics(spec.metrics ?? [], 'spec.metrics', minReplicas),
    ...validateBehavior(spec.behavior, 'spec.behavior'),
  ];
}
