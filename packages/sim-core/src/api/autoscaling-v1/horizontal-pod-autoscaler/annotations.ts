import type {
  HorizontalPodAutoscalerSpec,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValue,
  ScalingRules,
} from '../../autoscaling-v2/horizontal-pod-autoscaler.ts';

/* How metrics and behaviour look in annotations: autoscaling/v1's own types, and Go's field names for the behaviour. */

type Json = Record<string, unknown>;
type Source = {
  metric?: { name: string; selector?: unknown };
  describedObject?: unknown;
  name?: string;
  container?: string;
};

/** A metric as autoscaling/v1 MetricSpec. */
export function specToV1(metric: MetricSpec): Json {
  return convert(metric as unknown as Json, (source) => {
    const { target, ...rest } = source as Source & { target: MetricTarget };
    return { ...named(rest), ...targetToV1(target, rest) };
  });
}

/** A metric's status as autoscaling/v1 MetricStatus. */
export function statusToV1(status: MetricStatus): Json {
  return convert(status as unknown as Json, (source) => {
    const { current, ...rest } = source as Source & { current: MetricValue };
    const { averageUtilization, averageValue, value } = current ?? {};
    return {
      ...named(rest),
      ...(averageUtilization !== undefined && { currentAverageUtilization: averageUtilization }),
      ...(averageValue !== undefined && { currentAverageValue: averageValue }),
      ...(value !== undefined && { currentValue: value }),
    };
  });
}

/** The way back from {@link specToV1}. */
export function specFromV1(json: Json): MetricSpec {
  return convert(json, (source) => {
    const { targetAverageUtilization, targetAverageValue, averageValue, targetValue, ...rest } = source;
    const average = (targetAverageValue ?? averageValue) as string | undefined;
    const target: MetricTarget =
      targetAverageUtilization !== undefined
        ? { type: 'Utilization', averageUtilization: Number(targetAverageUtilization) }
        : average !== undefined
          ? { type: 'AverageValue', averageValue: average }
          : { type: 'Value', ...(targetValue !== undefined && { value: String(targetValue) }) };
    return { ...unnamed(rest), target };
  }) as unknown as MetricSpec;
}

/** The way back from {@link statusToV1}. */
export function statusFromV1(json: Json): MetricStatus {
  return convert(json, (source) => {
    const { currentAverageUtilization, currentAverageValue, currentValue, ...rest } = source;
    const current = {
      ...(currentAverageUtilization !== undefined && { averageUtilization: currentAverageUtilization }),
      ...(currentAverageValue !== undefined && { averageValue: currentAverageValue }),
      ...(currentValue !== undefined && { value: currentValue }),
    };
    return { ...unnamed(rest), current };
  }) as unknown as MetricStatus;
}

/** Every member that describes a source, converted; `type` stays. */
function convert(metric: Json, source: (source: Json) => Json): Json {
  const entries = Object.entries(metric).map(([name, value]) => [
    name,
    typeof value === 'object' && value !== null ? source(value as Json) : value,
  ]);
  return Object.fromEntries(entries);
}

function targetToV1({ averageUtilization, averageValue, value }: MetricTarget, { describedObject }: Source): Json {
  return {
    ...(averageUtilization !== undefined && { targetAverageUtilization: averageUtilization }),
    ...(averageValue !== undefined && {
      [describedObject === undefined ? 'targetAverageValue' : 'averageValue']: averageValue,
    }),
    ...(value !== undefined && { targetValue: value }),
  };
}

/** v1 has a metric's name and selector beside the object that it is about, which it calls the target. */
function named({ metric, describedObject, ...rest }: Source): Json {
  return {
    ...(describedObject !== undefined && { target: describedObject }),
    ...(metric && { metricName: metric.name, ...(metric.selector !== undefined && { selector: metric.selector }) }),
    ...rest,
  };
}

function unnamed({ target, metricName, selector, metricSelector, ...rest }: Json): Json {
  const labels = selector ?? metricSelector;
  return {
    ...(target !== undefined && { describedObject: target }),
    ...(metricName !== undefined && {
      metric: { name: metricName, ...(labels !== undefined && { selector: labels }) },
    }),
    ...rest,
  };
}

/** The behaviour under Go's field names: upstream writes its internal type. */
export function behaviorToGo({ scaleUp, scaleDown }: NonNullable<HorizontalPodAutoscalerSpec['behavior']>): Json {
  return { ScaleUp: rulesToGo(scaleUp), ScaleDown: rulesToGo(scaleDown) };
}

function rulesToGo(rules: ScalingRules | undefined): Json | null {
  if (rules === undefined) return null;
  return {
    StabilizationWindowSeconds: rules.stabilizationWindowSeconds ?? null,
    SelectPolicy: rules.selectPolicy ?? null,
    Policies: (rules.policies ?? []).map(({ type, value, periodSeconds }) => ({
      Type: type,
      Value: value,
      PeriodSeconds: periodSeconds,
    })),
    Tolerance: null,
  };
}

/** The way back from {@link behaviorToGo}; undefined where there is none. */
export function behaviorFromGo(json: unknown): HorizontalPodAutoscalerSpec['behavior'] {
  if (typeof json !== 'object' || json === null) return undefined;
  const { ScaleUp, ScaleDown } = json as Json;
  const [scaleUp, scaleDown] = [rulesFromGo(ScaleUp), rulesFromGo(ScaleDown)];
  return { ...(scaleUp && { scaleUp }), ...(scaleDown && { scaleDown }) };
}

function rulesFromGo(json: unknown): ScalingRules | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { StabilizationWindowSeconds: window, SelectPolicy: select, Policies: policies } = json as Json;
  const list = Array.isArray(policies) ? (policies as Json[]) : [];
  return {
    ...(typeof window === 'number' && { stabilizationWindowSeconds: window }),
    ...(typeof select === 'string' && { selectPolicy: select }),
    policies: list.map(({ Type, Value, PeriodSeconds }) => ({
      type: String(Type),
      value: Number(Value),
      periodSeconds: Number(PeriodSeconds),
    })),
  };
}
