import type { Condition } from '../../../apimachinery/condition.ts';
import type {
  MetricSpec,
  MetricStatus,
  HorizontalPodAutoscaler as V2,
} from '../../autoscaling-v2/horizontal-pod-autoscaler.ts';
import type { HorizontalPodAutoscaler } from '../horizontal-pod-autoscaler.ts';
import { behaviorFromGo, behaviorToGo, specFromV1, specToV1, statusFromV1, statusToV1 } from './annotations.ts';

/** Where v1 keeps what it has no fields for (pkg/apis/autoscaling/annotations.go). */
const METRICS = 'autoscaling.alpha.kubernetes.io/metrics';
const CURRENT_METRICS = 'autoscaling.alpha.kubernetes.io/current-metrics';
const CONDITIONS = 'autoscaling.alpha.kubernetes.io/conditions';
const BEHAVIOR = 'autoscaling.alpha.kubernetes.io/behavior';

/** What holds where neither a target nor an annotation says anything (DefaultCPUUtilization). */
const DEFAULT_UTILIZATION = 80;

/** pkg/apis/autoscaling/v1/conversion.go Convert_autoscaling_HorizontalPodAutoscaler_To_v1_HorizontalPodAutoscaler */
export function fromStored(stored: V2): HorizontalPodAutoscaler {
  const { metadata, spec, status } = stored;
  const { scaleTargetRef, minReplicas, maxReplicas, metrics = [], behavior } = spec;
  const others = metrics.filter((metric) => cpuTarget(metric) === undefined);
  const target = metrics.map(cpuTarget).find((each) => each !== undefined);
  const current = status?.currentMetrics?.map(cpuCurrent).find((each) => each !== undefined);
  const annotations = {
    ...metadata.annotations,
    ...(others.length > 0 && { [METRICS]: JSON.stringify(others.map(specToV1)) }),
    ...(status?.currentMetrics?.length && { [CURRENT_METRICS]: JSON.stringify(status.currentMetrics.map(statusToV1)) }),
    ...(status?.conditions?.length && { [CONDITIONS]: JSON.stringify(status.conditions) }),
    ...(behavior && { [BEHAVIOR]: JSON.stringify(behaviorToGo(behavior)) }),
  };
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'HorizontalPodAutoscaler',
    metadata: { ...metadata, ...(Object.keys(annotations).length > 0 && { annotations }) },
    spec: {
      scaleTargetRef,
      ...(minReplicas !== undefined && { minReplicas }),
      maxReplicas,
      ...(target !== undefined && { targetCPUUtilizationPercentage: target }),
    },
    ...(status && {
      status: {
        ...(status.lastScaleTime !== undefined && { lastScaleTime: status.lastScaleTime }),
        currentReplicas: status.currentReplicas ?? 0,
        desiredReplicas: status.desiredReplicas,
        ...(current !== undefined && { currentCPUUtilizationPercentage: current }),
      },
    }),
  };
}

/** Convert_v1_HorizontalPodAutoscaler_To_autoscaling_HorizontalPodAutoscaler */
export function toStored(object: HorizontalPodAutoscaler): V2 {
  const { metadata, spec, status } = object;
  const {
    [METRICS]: others,
    [CURRENT_METRICS]: current,
    [CONDITIONS]: conditions,
    [BEHAVIOR]: behavior,
    ...annotations
  } = metadata.annotations ?? {};
  const { annotations: _had, ...rest } = metadata;
  const { scaleTargetRef, minReplicas, maxReplicas, targetCPUUtilizationPercentage: target } = spec;
  const metrics = [...readList(others).map(specFromV1), ...(target === undefined ? [] : [cpuMetric(target)])];
  const rules = behaviorFromGo(read(behavior));
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { ...rest, ...(Object.keys(annotations).length > 0 && { annotations }) },
    spec: {
      scaleTargetRef,
      ...(minReplicas !== undefined && { minReplicas }),
      maxReplicas,
      metrics: metrics.length > 0 ? metrics : [cpuMetric(DEFAULT_UTILIZATION)],
      ...(rules && { behavior: rules }),
    },
    ...(status && {
      status: {
        ...(status.lastScaleTime !== undefined && { lastScaleTime: status.lastScaleTime }),
        currentReplicas: status.currentReplicas,
        desiredReplicas: status.desiredReplicas,
        currentMetrics: currentMetrics(current, status.currentCPUUtilizationPercentage),
        ...(conditions && { conditions: readList(conditions) as unknown as Condition[] }),
      },
    }),
  };
}

function currentMetrics(annotation: string | undefined, utilization: number | undefined): MetricStatus[] | null {
  const metrics = readList(annotation).map(statusFromV1);
  if (metrics.length > 0 || utilization === undefined) return metrics.length > 0 ? metrics : null;
  return [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: utilization } } }];
}

function cpuMetric(averageUtilization: number): MetricSpec {
  return { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } };
}

function cpuTarget({ type, resource }: MetricSpec): number | undefined {
  return type === 'Resource' && resource?.name === 'cpu' ? resource.target.averageUtilization : undefined;
}

function cpuCurrent({ type, resource }: MetricStatus): number | undefined {
  return type === 'Resource' && resource?.name === 'cpu' ? resource.current.averageUtilization : undefined;
}

/** What an annotation says; one that is no JSON says nothing, as upstream has it. */
function read(annotation: string | undefined): unknown {
  try {
    return annotation === undefined ? undefined : JSON.parse(annotation);
  } catch {
    return undefined;
  }
}

function readList(annotation: string | undefined): Record<string, unknown>[] {
  const value = read(annotation);
  return Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : [];
}
