import { duplicate, type FieldError, forbidden, invalid, required } from '../../../../apimachinery/field-error.ts';
import {
  compareQuantities,
  formatQuantity,
  parseQuantity,
  quantityMilliValue,
} from '../../../../apimachinery/quantity.ts';
import { isQualifiedName } from '../../../../apimachinery/validation/names.ts';
import { check, checkEnum } from '../../../checks.ts';
import type { Container, ResourceRequirements } from '../container.ts';

/** Names without a domain that some kind counts (pkg/apis/core/helper IsStandardResourceName). */
const STANDARD: readonly string[] = Object.freeze([
  'cpu',
  'memory',
  'ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'storage',
  'requests.storage',
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'persistentvolumeclaims',
  'configmaps',
  'services.nodeports',
  'services.loadbalancers',
]);

const FOR_CONTAINERS: readonly string[] = Object.freeze(['cpu', 'memory', 'ephemeral-storage']);
const HUGE_PAGES = /^hugepages-/;

/** IsStandardResourceName */
export function isStandardResource(name: string): boolean {
  return STANDARD.includes(name) || HUGE_PAGES.test(name);
}

/** IsStandardContainerResourceName */
export function isContainerResource(name: string): boolean {
  return FOR_CONTAINERS.includes(name) || HUGE_PAGES.test(name);
}

/** `ValidateResourceRequirements` */
export function validateResources({ limits = {}, requests = {} }: ResourceRequirements, path: string): FieldError[] {
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  const huge =
    names.some((name) => HUGE_PAGES.test(name)) && !names.some((name) => name === 'cpu' || name === 'memory');
  return [
    ...Object.entries(limits).flatMap(([name, value]) => validateAmount(name, value, `${path}.limits[${name}]`)),
    ...Object.entries(requests).flatMap(([name, value]) => [
      ...validateAmount(name, value, `${path}.requests[${name}]`),
      ...validateAgainstLimit(name, value, limits[name], path),
    ]),
    ...(huge ? [forbidden(path, 'HugePages require cpu or memory')] : []),
  ];
}

function validateAmount(name: string, value: string, path: string): FieldError[] {
  return [...validateContainerResourceName(name, path), ...validateQuantity(name, value, path)];
}

/** `ValidateResourceQuantityValue` */
export function validateQuantity(name: string, value: string, path: string): FieldError[] {
  const quantity = parseQuantity(value);
  const errors =
    quantity.nanos < 0n ? [invalid(path, formatQuantity(quantity), 'must be greater than or equal to 0')] : [];
  const whole = isExtended(name) || STANDARD.indexOf(name) >= STANDARD.indexOf('pods');
  const fraction = whole && quantityMilliValue(quantity) % 1000 !== 0;
  return fraction ? [...errors, invalid(path, formatQuantity(quantity), 'must be an integer')] : errors;
}

function validateAgainstLimit(name: string, value: string, limit: string | undefined, path: string): FieldError[] {
  const overcommit = !isExtended(name) && !HUGE_PAGES.test(name);
  if (limit === undefined) {
    return overcommit ? [] : [required(`${path}.limits`, 'Limit must be set for non overcommitable resources')];
  }
  const request = parseQuantity(value);
  const difference = compareQuantities(request, parseQuantity(limit));
  if (difference === 0 || (overcommit && difference < 0)) return [];
  const relation = overcommit ? 'less than or equal to' : 'equal to';
  const message = `must be ${relation} ${name} limit of ${formatQuantity(parseQuantity(limit))}`;
  return [invalid(`${path}.requests`, formatQuantity(request), message)];
}

/** `validateContainerResourceName` */
function validateContainerResourceName(name: string, path: string): FieldError[] {
  const errors = check(path, name, isQualifiedName(name));
  if (errors.length > 0) return errors;
  if (!name.includes('/')) {
    if (FOR_CONTAINERS.includes(name) || HUGE_PAGES.test(name)) return [];
    const unknown = STANDARD.includes(name) ? [] : ['must be a standard resource type or fully qualified'];
    return check(path, name, [...unknown, 'must be a standard resource for containers']);
  }
  const acceptable = name.startsWith('kubernetes.io/') || name.includes('.kubernetes.io/') || isExtended(name);
  return acceptable ? [] : check(path, name, ["doesn't follow extended resource name standard"]);
}

/** A resource of a domain of one's own (`IsExtendedResourceName`). */
function isExtended(name: string): boolean {
  if (!name.includes('/') || name.includes('kubernetes.io/') || name.startsWith('requests.')) return false;
  return isQualifiedName(`requests.${name}`).length === 0;
}

const RESIZED: readonly string[] = Object.freeze(['cpu', 'memory']);
const RESTARTS: readonly string[] = Object.freeze(['NotRequired', 'RestartContainer']);

/** What a change of resources does to a running container; upstream names the list, not the item (`validateResizePolicy`). */
export function validateResizePolicy(
  { resizePolicy = [] }: Container,
  podRestartPolicy: string | undefined,
  path: string,
): FieldError[] {
  return resizePolicy.flatMap(({ resourceName, restartPolicy }, i) => {
    const repeated = resizePolicy.slice(0, i).some((other) => other.resourceName === resourceName);
    const never = podRestartPolicy === 'Never' && restartPolicy !== 'NotRequired';
    return [
      ...(repeated ? [duplicate(`${path}[${i}]`, resourceName)] : []),
      ...checkEnum(path, resourceName, RESIZED),
      ...checkEnum(path, restartPolicy, RESTARTS),
      ...(never ? [invalid(path, restartPolicy, "must be 'NotRequired' when `restartPolicy` is 'Never'")] : []),
    ];
  });
}
