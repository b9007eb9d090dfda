import type { HorizontalPodAutoscaler, ScalingRules } from '../horizontal-pod-autoscaler.ts';

/** Rules where the manifest has none (GenerateHPAScaleUpRules, GenerateHPAScaleDownRules). */
const UP = Object.freeze({
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: Object.freeze([
    Object.freeze({ type: 'Pods', value: 4, periodSeconds: 15 }),
    Object.freeze({ type: 'Percent', value: 100, periodSeconds: 15 }),
  ]),
});
const DOWN = Object.freeze({
  selectPolicy: 'Max',
  policies: Object.freeze([Object.freeze({ type: 'Percent', value: 100, periodSeconds: 15 })]),
});

/** pkg/apis/autoscaling/v2/defaults.go SetDefaults_HorizontalPodAutoscaler */
export function setHorizontalPodAutoscalerDefaults({ spec }: HorizontalPodAutoscaler): void {
  spec.minReplicas ??= 1;
  if ((spec.metrics ?? []).length === 0) {
    const target = { type: 'Utilization', averageUtilization: 80 };
    spec.metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
  }
  if (spec.behavior === undefined) return;
  spec.behavior = {
    scaleUp: completed(spec.behavior.scaleUp, UP),
    scaleDown: completed(spec.behavior.scaleDown, DOWN),
  };
}

interface Defaults {
  readonly stabilizationWindowSeconds?: number;
  readonly selectPolicy: string;
  readonly policies: readonly { readonly type: string; readonly value: number; readonly periodSeconds: number }[];
}

function completed(
  rules: ScalingRules = {},
  { stabilizationWindowSeconds, selectPolicy, policies }: Defaults,
): ScalingRules {
  return {
    ...(stabilizationWindowSeconds !== undefined && { stabilizationWindowSeconds }),
    ...rules,
    selectPolicy: rules.selectPolicy ?? selectPolicy,
    policies: rules.policies ?? policies.map((policy) => ({ ...policy })),
  };
}
