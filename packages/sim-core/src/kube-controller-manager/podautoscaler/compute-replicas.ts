import type {
  HorizontalPodAutoscaler,
  MetricSpec,
  MetricStatus,
} from '../../api/autoscaling-v2/horizontal-pod-autoscaler.ts';
import type { Pod } from '../../api/core-v1/pod.ts';
import type { PodMetrics } from '../../api/metrics-v1beta1/pod-metrics.ts';
import { formatQuantity, parseQuantity, quantityMilliValue } from '../../apimachinery/quantity.ts';
import { resourceMetrics } from './metrics.ts';
import { outsideMetricError } from './outside-metrics.ts';
import { type Observed, type Proposal, rawResourceReplicas, resourceReplicas } from './replica-calculator.ts';

/** What the metrics of an autoscaler are computed from. */
export interface ComputeInput {
  readonly autoscaler: HorizontalPodAutoscaler;
  /** Pods that the target's scale selects. */
  readonly pods: readonly Pod[];
  readonly metrics: readonly PodMetrics[];
  /** spec.replicas of the target. */
  readonly currentReplicas: number;
  readonly now: number;
}

/** A metric that could not be computed: reason of the condition and event, its message, and the text in the summary. */
export interface Failure {
  readonly reason: string;
  readonly message: string;
  readonly summary: string;
}

/** What all metrics together propose: the most; undefined when they are not to be trusted. */
export interface Computed {
  readonly replicas: number | undefined;
  /** The metric that proposes the most, in words. */
  readonly metric: string;
  readonly statuses: MetricStatus[];
  /** Every metric that failed, in order. */
  readonly failures: readonly Failure[];
}

/** computeReplicasForMetrics: the highest proposal counts; with a failed metric nothing is scaled down. */
export function computeReplicas(input: ComputeInput): Computed {
  const specs = input.autoscaler.spec.metrics ?? [];
  const statuses: MetricStatus[] = [];
  const failures: Failure[] = [];
  let most: { replicas: number; metric: string } | undefined;
  for (const spec of specs) {
    const result = computeMetric(spec, input);
    if ('failure' in result) {
      failures.push(result.failure);
      statuses.push({ type: '' });
      continue;
    }
    statuses.push(result.status);
    if (most === undefined || result.replicas > most.replicas) most = result;
  }
  const untrusted = most === undefined || (failures.length > 0 && most.replicas < input.currentReplicas);
  return { replicas: untrusted ? undefined : most?.replicas, metric: most?.metric ?? '', statuses, failures };
}

type Result = { replicas: number; metric: string; status: MetricStatus } | { failure: Failure };

function computeMetric(spec: MetricSpec, input: ComputeInput): Result {
  if (spec.type === 'Resource' && spec.resource) return computeResource(spec.resource, undefined, input);
  if (spec.type === 'ContainerResource' && spec.containerResource) {
    return computeResource(spec.containerResource, spec.containerResource.container, input);
  }
  return { failure: outsideMetricError(spec, input.autoscaler.metadata.namespace ?? '') };
}

/** computeStatusForResourceMetric, computeStatusForContainerResourceMetric */
function computeResource(
  { name, target }: NonNullable<MetricSpec['resource']>,
  container: string | undefined,
  input: ComputeInput,
): Result {
  const { averageValue, averageUtilization } = target;
  const type = container === undefined ? 'Resource' : 'ContainerResource';
  try {
    const observed = observe(name, container, input);
    const proposal =
      averageValue === undefined
        ? resourceReplicas(observed, averageUtilization ?? 0)
        : rawResourceReplicas(observed, quantityMilliValue(parseQuantity(averageValue)));
    const kind = container === undefined ? 'resource' : 'container resource';
    const metric =
      averageValue === undefined ? `${name} ${kind} utilization (percentage of request)` : `${name} ${kind}`;
    const current = currentOf(proposal);
    const status: MetricStatus =
      container === undefined
        ? { type, resource: { name, current } }
        : { type, containerResource: { name, container, current } };
    return { replicas: proposal.replicas, metric, status };
  } catch (error) {
    const what = averageValue === undefined ? 'utilization' : 'usage';
    const message = `failed to get ${name} ${what}: ${error instanceof Error ? error.message : error}`;
    const summary = container === undefined ? `${name} resource` : `${container} container`;
    const failure = {
      reason: `FailedGet${type}Metric`,
      message,
      summary: `failed to get ${summary} metric value: ${message}`,
    };
    return { failure };
  }
}

function observe(resource: string, container: string | undefined, input: ComputeInput): Observed {
  const { pods, metrics, currentReplicas, now } = input;
  try {
    const info = resourceMetrics(metrics, pods, resource, container);
    return { resource, container, pods, metrics: info, currentReplicas, now };
  } catch (error) {
    throw new Error(
      `unable to get metrics for resource ${resource}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function currentOf({ utilization, average }: Proposal) {
  const averageValue = formatQuantity({ nanos: BigInt(average) * 1_000_000n, format: 'DecimalSI' });
  return { ...(utilization !== undefined && { averageUtilization: utilization }), averageValue };
}
