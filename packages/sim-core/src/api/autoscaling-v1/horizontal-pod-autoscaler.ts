import { defineKind } from '../../apimachinery/kind.ts';
import type { KubeObject, ObjectMeta } from '../../apimachinery/object-meta.ts';
import { AUTOSCALER_COLUMNS } from '../autoscaling-v2/horizontal-pod-autoscaler/columns.ts';
import {
  type HorizontalPodAutoscaler as V2,
  horizontalPodAutoscalers as v2,
} from '../autoscaling-v2/horizontal-pod-autoscaler.ts';
import { fromStored, toStored } from './horizontal-pod-autoscaler/conversion.ts';

/** autoscaling/v1 HorizontalPodAutoscaler: only CPU; the rest of the v2 object is in annotations. */
export interface HorizontalPodAutoscaler {
  apiVersion: 'autoscaling/v1';
  kind: 'HorizontalPodAutoscaler';
  metadata: ObjectMeta;
  spec: {
    scaleTargetRef: V2['spec']['scaleTargetRef'];
    minReplicas?: number;
    maxReplicas: number;
    targetCPUUtilizationPercentage?: number;
  };
  status?: {
    lastScaleTime?: string;
    currentReplicas: number;
    desiredReplicas: number;
    currentCPUUtilizationPercentage?: number;
  };
}

export const horizontalPodAutoscalers = defineKind<HorizontalPodAutoscaler>({
  group: 'autoscaling',
  version: 'v1',
  kind: 'HorizontalPodAutoscaler',
  resource: 'horizontalpodautoscalers',
  singular: 'horizontalpodautoscaler',
  shortNames: ['hpa'],
  categories: ['all'],
  namespaced: true,
  hasStatus: true,
  stored: {
    kind: v2,
    fromStored: (stored: KubeObject) => fromStored(stored as V2),
    toStored,
  },
  // pkg/apis/autoscaling/v1/defaults.go; the default metric is set with the conversion, which sees the annotations.
  setDefaults({ spec }) {
    spec.minReplicas ??= 1;
  },
  columns: AUTOSCALER_COLUMNS.map((each) => ({
    ...each,
    cell: (object: HorizontalPodAutoscaler, now: number) => each.cell(toStored(object), now),
  })),
});
