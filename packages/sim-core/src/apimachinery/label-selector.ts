import { type FieldError, forbidden, invalid, required } from './field-error.ts';
import { isQualifiedName, isValidLabelValue } from './validation/names.ts';

/** Labels of an object, or a plain equality selector. */
export type Labels = Readonly<Record<string, string>>;

/**
 * One row of `matchExpressions`; a valid operator is In, NotIn, Exists or DoesNotExist. Rows of node selectors and of
 * selector strings may also say Gt and Lt, with one whole number.
 */
export interface LabelSelectorRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[] | undefined;
}

/** `metav1.LabelSelector`: all rows must hold. */
export interface LabelSelector {
  readonly matchLabels?: Labels | undefined;
  readonly matchExpressions?: readonly LabelSelectorRequirement[] | undefined;
}

const INTEGER = /^[-+]?\d+$/;

/** True when every label of the selector is there with its value; an empty selector matches everything. */
export function matchesLabels(selector: Labels, labels: Labels | undefined): boolean {
  for (const key in selector) {
    if (labels === undefined || !Object.hasOwn(labels, key) || labels[key] !== selector[key]) return false;
  }
  return true;
}

function compareIntegers(value: string | undefined, values: readonly string[]): number | undefined {
  const [bound] = values;
  if (value === undefined || bound === undefined || !INTEGER.test(value) || !INTEGER.test(bound)) return undefined;
  return Number(value) - Number(bound);
}

/** One row against labels; an unknown operator matches nothing. NotIn also holds where the key is missing. */
export function matchesRequirement(
  { key, operator, values = [] }: LabelSelectorRequirement,
  labels: Labels | undefined,
): boolean {
  const value = labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return (compareIntegers(value, values) ?? 0) > 0;
    case 'Lt':
      return (compareIntegers(value, values) ?? 0) < 0;
    default:
      return false;
  }
}

/**
 * True when the selector selects these labels. An absent selector selects nothing, an empty one everything
 * (`LabelSelectorAsSelector` of `k8s.io/apimachinery/pkg/apis/meta/v1/helpers.go`).
 */
export function matchesSelector(selector: LabelSelector | undefined, labels: Labels | undefined): boolean {
  if (!selector) return false;
  if (selector.matchLabels && !matchesLabels(selector.matchLabels, labels)) return false;
  return selector.matchExpressions?.every((row) => matchesRequirement(row, labels)) ?? true;
}

/** True for a selector without any row. */
export function isEmptySelector(selector: LabelSelector): boolean {
  return Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;
}

function formatRow({ key, operator, values = [] }: LabelSelectorRequirement): string {
  const list = `(${[...values].sort().join(',')})`;
  switch (operator) {
    case 'In':
      return `${key} in ${list}`;
    case 'NotIn':
      return `${key} notin ${list}`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    default:
      return `${key}${operator === 'Gt' ? '>' : '<'}${values[0] ?? ''}`;
  }
}

/**
 * A selector as one string, by key: `app=web,tier in (a,b)` (`labels.Selector.String`). Empty selectors are ''; where
 * kubectl prints them they are `<none>`.
 */
export function formatLabelSelector({ matchLabels, matchExpressions }: LabelSelector): string {
  const labels = Object.entries(matchLabels ?? {}).map(([key, value]) => ({ key, text: `${key}=${value}` }));
  const rows = (matchExpressions ?? []).map((row) => ({ key: row.key, text: formatRow(row) }));
  const sorted = [...labels, ...rows].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return sorted.map(({ text }) => text).join(',');
}

/** Label names and values at `path` (`ValidateLabels` of `k8s.io/apimachinery/pkg/apis/meta/v1/validation`). */
export function validateLabels(labels: Labels | undefined, path: string): FieldError[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...isQualifiedName(key).map((message) => invalid(path, key, message)),
    ...isValidLabelValue(value).map((message) => invalid(path, value, message)),
  ]);
}

function validateOperator({ operator, values = [] }: LabelSelectorRequirement, path: string): FieldError[] {
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length > 0) return [];
      return [required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      if (values.length === 0) return [];
      return [forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    default:
      return [invalid(`${path}.operator`, operator ?? '', 'not a valid selector operator')];
  }
}

/** One row of `matchExpressions` (`ValidateLabelSelectorRequirement`). */
function validateLabelSelectorRequirement(row: LabelSelectorRequirement, path: string): FieldError[] {
  const key = row.key ?? '';
  const values = (row.values ?? []).flatMap((value, i) =>
    isValidLabelValue(value).map((message) => invalid(`${path}.values[${i}]`, value, message)),
  );
  const name = isQualifiedName(key).map((message) => invalid(`${path}.key`, key, message));
  return [...validateOperator(row, path), ...name, ...values];
}

/** A whole selector at `path` (`ValidateLabelSelector`); an absent one is fine here. */
export function validateLabelSelector(selector: LabelSelector | undefined, path: string): FieldError[] {
  if (!selector) return [];
  const rows = (selector.matchExpressions ?? []).flatMap((row, i) =>
    validateLabelSelectorRequirement(row, `${path}.matchExpressions[${i}]`),
  );
  return [...validateLabels(selector.matchLabels, `${path}.matchLabels`), ...rows];
}
