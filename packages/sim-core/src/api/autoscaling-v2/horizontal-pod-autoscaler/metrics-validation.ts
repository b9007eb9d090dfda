import { type FieldError, forbidden, invalid, required } from '../../../apimachinery/field-error.ts';
import { formatQuantity, parseQuantity } from '../../../apimachinery/quantity.ts';
import { check, checkEnum, isPathSegmentName } from '../../checks.ts';
import type { MetricIdentifier, MetricSpec, MetricTarget } from '../horizontal-pod-autoscaler.ts';
import { validateReference } from './reference-validation.ts';

/** The types of metrics, each with the member that describes it. */
const MEMBERS = Object.freeze({
  ContainerResource: 'containerResource',
  External: 'external',
  Object: 'object',
  Pods: 'pods',
  Resource: 'resource',
} as const);

/** validateMetrics */
export function validateMetrics(metrics: readonly MetricSpec[], path: string, minReplicas = 1): FieldError[] {
  const outside = metrics.some(({ type }) => type === 'Object' || type === 'External');
  const scalesToZero = minReplicas === 0 && !outside;
  return [
    ...metrics.flatMap((metric, i) => validateMetric(metric, `${path}[${i}]`)),
    ...(scalesToZero
      ? [forbidden(path, 'must specify at least one Object or External metric to support scaling to zero replicas')]
      : []),
  ];
}

/** validateMetricSpec: exactly the member that the type names. */
function validateMetric(metric: MetricSpec, path: string): FieldError[] {
  const types = Object.keys(MEMBERS);
  const type = checkEnum(`${path}.type`, metric.type, types);
  if (type.length > 0)
    return type.map((error) => (metric.type ? error : required(`${path}.type`, 'must specify a metric source type')));
  const wanted = MEMBERS[metric.type as keyof typeof MEMBERS];
  const others = Object.values(MEMBERS).filter((member) => member !== wanted && metric[member] !== undefined);
  const missing = metric[wanted] === undefined;
  const text = `must populate information for the given metric source`;
  return [
    ...others.map((member) => forbidden(`${path}.${member}`, 'must populate the given metric source only')),
    ...(missing ? [required(`${path}.${wanted}`, text)] : validateSource(metric, `${path}.${wanted}`)),
  ];
}

function validateSource(metric: MetricSpec, path: string): FieldError[] {
  const { resource, containerResource, pods, object, external } = metric;
  if (resource)
    return [
      ...validateName(resource.name, `${path}.name`, 'must specify a resource name'),
      ...validateResourceTarget(resource.target, path),
    ];
  if (containerResource) {
    return [
      ...validateName(containerResource.name, `${path}.name`, 'must specify a resource name'),
      ...validateName(containerResource.container, `${path}.container`, 'must specify a container'),
      ...validateResourceTarget(containerResource.target, path),
    ];
  }
  if (pods) {
    const given = pods.target?.averageValue !== undefined;
    const needed = 'must specify a positive target averageValue';
    return [
      ...validateIdentifier(pods.metric, `${path}.metric`),
      ...validateTarget(pods.target, `${path}.target`),
      ...(given ? [] : [required(`${path}.target.averageValue`, needed)]),
    ];
  }
  if (object) {
    return [
      ...validateReference(object.describedObject, `${path}.describedObject`),
      ...validateIdentifier(object.metric, `${path}.metric`),
      ...validateValueTarget(object.target, path, 'must set either a target value or averageValue'),
    ];
  }
  return [
    ...validateIdentifier(external?.metric, `${path}.metric`),
    ...validateValueTarget(external?.target, path, 'must set either a target value for metric or a per-pod target'),
  ];
}

function validateName(name: string | undefined, path: string, needed: string): FieldError[] {
  return name ? [] : [required(path, needed)];
}

/** validateMetricIdentifier */
function validateIdentifier(metric: MetricIdentifier | undefined, path: string): FieldError[] {
  if (!metric?.name) return [required(`${path}.name`, 'must specify a metric name')];
  return check(`${path}.name`, metric.name, isPathSegmentName(metric.name));
}

/** validateResourceSource: one of averageUtilization and averageValue. */
function validateResourceTarget(target: MetricTarget | undefined, path: string): FieldError[] {
  const { averageUtilization, averageValue } = target ?? {};
  const none = averageUtilization === undefined && averageValue === undefined;
  const both = averageUtilization !== undefined && averageValue !== undefined;
  return [
    ...validateTarget(target, `${path}.target`),
    ...(none
      ? [required(`${path}.target.averageUtilization`, 'must set either a target raw value or a target utilization')]
      : []),
    ...(both
      ? [forbidden(`${path}.target.averageValue`, 'may not set both a target raw value and a target utilization')]
      : []),
  ];
}

function validateValueTarget(target: MetricTarget | undefined, path: string, needed: string): FieldError[] {
  const { value, averageValue } = target ?? {};
  const none = value === undefined && averageValue === undefined;
  const both = value !== undefined && averageValue !== undefined;
  const text = 'may not set both a target value for metric and a per-pod target';
  return [
    ...validateTarget(target, `${path}.target`),
    ...(none ? [required(`${path}.target.averageValue`, needed)] : []),
    ...(both ? [forbidden(`${path}.target.value`, text)] : []),
  ];
}

/** validateMetricTarget */
function validateTarget(target: MetricTarget | undefined, path: string): FieldError[] {
  const { type, value, averageValue, averageUtilization } = target ?? {};
  const types = ['Utilization', 'Value', 'AverageValue'];
  const kind = type
    ? types.includes(type)
      ? []
      : [invalid(`${path}.type`, type, 'must be either Utilization, Value, or AverageValue')]
    : [required(`${path}.type`, 'must specify a metric target type')];
  return [
    ...kind,
    ...checkPositive(`${path}.value`, value),
    ...checkPositive(`${path}.averageValue`, averageValue),
    ...(averageUtilization !== undefined && averageUtilization < 1
      ? [invalid(`${path}.averageUtilization`, averageUtilization, 'must be greater than 0')]
      : []),
  ];
}

function checkPositive(path: string, value: string | undefined): FieldError[] {
  if (value === undefined || parseQuantity(value).nanos > 0n) return [];
  return [invalid(path, formatQuantity(parseQuantity(value)), 'must be positive')];
}
