import { type FieldError, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import type { WebhookRule } from './webhook.ts';

const OPERATIONS: readonly string[] = Object.freeze(['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE']);
const SCOPES: readonly string[] = Object.freeze(['*', 'Cluster', 'Namespaced']);

/** pkg/apis/admissionregistration/validation/validation.go validateRuleWithOperations */
export function validateRule(rule: WebhookRule, path: string): FieldError[] {
  const { operations = [], apiGroups = [], apiVersions = [], resources = [], scope } = rule;
  return [
    ...validateList(operations, `${path}.operations`, 'operations'),
    ...operations.flatMap((operation, i) =>
      OPERATIONS.includes(operation) ? [] : [notSupported(`${path}.operations[${i}]`, operation, OPERATIONS)],
    ),
    ...validateList(apiGroups, `${path}.apiGroups`, 'API groups'),
    ...validateList(apiVersions, `${path}.apiVersions`, 'API versions'),
    ...apiVersions.flatMap((version, i) => (version === '' ? [required(`${path}.apiVersions[${i}]`)] : [])),
    ...validateResources(resources, `${path}.resources`),
    ...(scope === undefined || SCOPES.includes(scope) ? [] : [notSupported(`${path}.scope`, scope, SCOPES)]),
  ];
}

function validateList(values: readonly string[], path: string, others: string): FieldError[] {
  if (values.length === 0) return [required(path)];
  if (values.length === 1 || !values.includes('*')) return [];
  return [invalid(path, values, `if '*' is present, must not specify other ${others}`)];
}

/** validateResources: what one entry says no other may say again. */
function validateResources(resources: readonly string[], path: string): FieldError[] {
  if (resources.length === 0) return [required(path)];
  const errors: FieldError[] = [];
  const ofAll = new Set(
    resources.filter((each) => each.startsWith('*/') && each !== '*/*').map((each) => each.slice(2)),
  );
  const withAll = new Set(resources.filter((each) => each.endsWith('/*')).map((each) => each.slice(0, -2)));
  for (const [i, each] of resources.entries()) {
    const [resource, sub] = each.split('/', 2) as [string, string | undefined];
    if (each === '') errors.push(required(`${path}[${i}]`));
    else if (sub !== undefined && sub !== '*' && resource !== '*' && withAll.has(resource))
      errors.push(invalid(`${path}[${i}]`, each, `if '${resource}/*' is present, must not specify ${each}`));
    else if (sub !== undefined && resource !== '*' && ofAll.has(sub))
      errors.push(invalid(`${path}[${i}]`, each, `if '*/${sub}' is present, must not specify ${each}`));
  }
  if (resources.length > 1 && resources.includes('*/*'))
    errors.push(invalid(path, resources, "if '*/*' is present, must not specify other resources"));
  if (resources.includes('*') && resources.some((each) => each !== '*' && !each.includes('/')))
    errors.push(invalid(path, resources, "if '*' is present, must not specify other resources without subresources"));
  return errors;
}
