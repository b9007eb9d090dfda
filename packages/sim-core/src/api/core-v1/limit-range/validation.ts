import { duplicate, type FieldError, forbidden, invalid, required } from '../../../apimachinery/field-error.ts';
import {
  compareQuantities,
  formatQuantity,
  goQuantity,
  parseQuantity,
  type Quantity,
} from '../../../apimachinery/quantity.ts';
import { isQualifiedName } from '../../../apimachinery/validation/names.ts';
import { check } from '../../checks.ts';
import type { LimitRange, LimitRangeItem } from '../limit-range.ts';
import { isContainerResource, isStandardResource } from '../pod/validation/resources.ts';

const LISTS = Object.freeze(['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const);
const ONE: Quantity = Object.freeze({ nanos: 1_000_000_000n, format: 'DecimalSI' });

/** pkg/apis/core/validation/validation.go ValidateLimitRange */
export function validateLimitRange({ spec }: LimitRange): FieldError[] {
  const limits = spec?.limits ?? [];
  return limits.flatMap((item, i) => {
    const earlier = limits.slice(0, i).some(({ type }) => type === item.type);
    const path = `spec.limits[${i}]`;
    return [
      ...validateType(item.type, `${path}.type`),
      ...(earlier ? [duplicate(`${path}.type`, item.type)] : []),
      ...validateNames(item, path),
      ...namesIn(item).flatMap((name) => validateOrder(item, name, path)),
    ];
  });
}

/** `validateResourceName` of a limit's type */
function validateType(type: string, path: string): FieldError[] {
  const errors = check(path, type, isQualifiedName(type));
  const standard = ['Pod', 'Container', 'PersistentVolumeClaim'].includes(type);
  if (errors.length > 0 || standard || type.includes('/')) return errors;
  return check(path, type, ['must be a standard limit type or fully qualified']);
}

function validateNames(item: LimitRangeItem, path: string): FieldError[] {
  const forPods = item.type === 'Pod';
  const text = "may not be specified when `type` is 'Pod'";
  const names = (list: (typeof LISTS)[number]) =>
    Object.keys(item[list] ?? {}).flatMap((name) => validateName(item.type, name, `${path}.${list}[${name}]`));
  const notForPods = (list: 'default' | 'defaultRequest') =>
    Object.keys(item[list] ?? {}).length > 0 ? [forbidden(`${path}.${list}`, text)] : [];
  const { max, min } = item;
  const claim = item.type === 'PersistentVolumeClaim' && max?.storage === undefined && min?.storage === undefined;
  const needed = 'either minimum or maximum storage value is required, but neither was provided';
  return [
    ...names('max'),
    ...names('min'),
    ...(forPods ? notForPods('default') : names('default')),
    ...(forPods ? notForPods('defaultRequest') : names('defaultRequest')),
    ...(claim ? [required(`${path}.limits`, needed)] : []),
    ...names('maxLimitRequestRatio'),
  ];
}

/** `validateLimitRangeResourceName` */
function validateName(type: string, name: string, path: string): FieldError[] {
  const errors = check(path, name, isQualifiedName(name));
  if (errors.length > 0 || name.includes('/')) return errors;
  if (type === 'Pod' || type === 'Container') {
    const unknown = isStandardResource(name) ? [] : ['must be a standard resource type or fully qualified'];
    const messages = isContainerResource(name) ? [] : [...unknown, 'must be a standard resource for containers'];
    return check(path, name, messages);
  }
  return isStandardResource(name) ? [] : check(path, name, ['must be a standard resource type or fully qualified']);
}

/** Names of resources with any amount, as they come. */
function namesIn(item: LimitRangeItem): string[] {
  return [...new Set(LISTS.flatMap((list) => Object.keys(item[list] ?? {})))].sort();
}

/** What of an item has to be smaller than what, with the field that is told and the words for both. */
const ORDER = Object.freeze([
  { lower: 'min', upper: 'max', field: 'min', shown: 'min', words: ['min value', 'max value'] },
  {
    lower: 'min',
    upper: 'defaultRequest',
    field: 'defaultRequest',
    shown: 'defaultRequest',
    words: ['min value', 'default request value'],
  },
  {
    lower: 'defaultRequest',
    upper: 'max',
    field: 'defaultRequest',
    shown: 'defaultRequest',
    words: ['default request value', 'max value'],
  },
  {
    lower: 'defaultRequest',
    upper: 'default',
    field: 'defaultRequest',
    shown: 'defaultRequest',
    words: ['default request value', 'default limit value'],
  },
  { lower: 'min', upper: 'default', field: 'default', shown: 'min', words: ['min value', 'default value'] },
  { lower: 'default', upper: 'max', field: 'default', shown: 'max', words: ['default value', 'max value'] },
] as const);

function validateOrder(item: LimitRangeItem, name: string, path: string): FieldError[] {
  const read = (list: (typeof LISTS)[number]) => {
    const text = item.type === 'Pod' && list.startsWith('default') ? undefined : item[list]?.[name];
    return text === undefined ? undefined : parseQuantity(text);
  };
  const errors = ORDER.flatMap(({ lower, upper, field, shown, words }) => {
    const [small, large] = [read(lower), read(upper)];
    if (small === undefined || large === undefined || compareQuantities(small, large) <= 0) return [];
    const text = `${words[0]} ${formatQuantity(small)} is greater than ${words[1]} ${formatQuantity(large)}`;
    return [invalid(`${path}.${field}[${name}]`, goQuantity(formatQuantity(read(shown) ?? small)), text)];
  });
  const ratio = read('maxLimitRequestRatio');
  return ratio === undefined
    ? errors
    : [...errors, ...validateRatio(ratio, read('min'), read('max'), `${path}.maxLimitRequestRatio[${name}]`)];
}

function validateRatio(ratio: Quantity, min: Quantity | undefined, max: Quantity | undefined, path: string) {
  const text = formatQuantity(ratio);
  const errors: FieldError[] = [];
  if (compareQuantities(ratio, ONE) < 0) errors.push(invalid(path, goQuantity(text), `ratio ${text} is less than 1`));
  if (min === undefined || max === undefined || min.nanos === 0n) return errors;
  const most = Number(max.nanos) / Number(min.nanos);
  if (Number(ratio.nanos) / 1e9 <= most) return errors;
  return [...errors, invalid(path, goQuantity(text), `ratio ${text} is greater than max/min = ${most.toFixed(6)}`)];
}
