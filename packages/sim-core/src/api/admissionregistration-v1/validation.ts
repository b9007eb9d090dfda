import { duplicate, type FieldError, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import { validateLabelSelector } from '../../apimachinery/label-selector.ts';
import { isDNS1123Subdomain } from '../../apimachinery/validation/names.ts';
import { check } from '../checks.ts';
import type { Webhook, WebhookRule } from './webhook.ts';

const OPERATIONS: readonly string[] = Object.freeze(['*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT']);
const FAILURE_POLICIES: readonly string[] = Object.freeze(['Ignore', 'Fail']);
const SIDE_EFFECTS: readonly string[] = Object.freeze(['None', 'NoneOnDryRun']);
const REVIEW_VERSIONS: readonly string[] = Object.freeze(['v1', 'v1beta1']);

/** pkg/apis/admissionregistration/validation/validation.go validateValidatingWebhook, validateMutatingWebhook */
export function validateWebhooks(webhooks: readonly Webhook[]): FieldError[] {
  return webhooks.flatMap((webhook, i) => {
    const again = webhooks.slice(0, i).some(({ name }) => name === webhook.name);
    return [
      ...validateWebhook(webhook, `webhooks[${i}]`),
      ...(again ? [duplicate(`webhooks[${i}].name`, webhook.name)] : []),
    ];
  });
}

function validateWebhook(webhook: Webhook, path: string): FieldError[] {
  const { name = '', rules = [], failurePolicy, sideEffects, timeoutSeconds: seconds = 10 } = webhook;
  return [
    ...validateName(name, `${path}.name`),
    ...validateVersions(webhook.admissionReviewVersions ?? [], `${path}.admissionReviewVersions`),
    ...rules.flatMap((rule, i) => validateRule(rule, `${path}.rules[${i}]`)),
    ...(failurePolicy !== undefined && !FAILURE_POLICIES.includes(failurePolicy)
      ? [notSupported(`${path}.failurePolicy`, failurePolicy, FAILURE_POLICIES)]
      : []),
    ...validateSideEffects(sideEffects, `${path}.sideEffects`),
    ...(seconds < 1 || seconds > 30
      ? [invalid(`${path}.timeoutSeconds`, seconds, 'the timeout value must be between 1 and 30 seconds')]
      : []),
    ...validateLabelSelector(webhook.namespaceSelector, `${path}.namespaceSelector`),
    ...validateLabelSelector(webhook.objectSelector, `${path}.objectSelector`),
    ...validateClient(webhook.clientConfig, `${path}.clientConfig`),
  ];
}

/** `IsFullyQualifiedName` */
function validateName(name: string, path: string): FieldError[] {
  if (name === '') return [required(path)];
  const errors = check(path, name, isDNS1123Subdomain(name));
  if (errors.length > 0 || name.split('.').length >= 3) return errors;
  return [invalid(path, name, 'should be a domain with at least three segments separated by dots')];
}

function validateVersions(versions: readonly string[], path: string): FieldError[] {
  if (versions.length === 0) return [required(path, `must specify one of ${REVIEW_VERSIONS.join(', ')}`)];
  if (versions.some((version) => REVIEW_VERSIONS.includes(version))) return [];
  return [invalid(path, versions, `must include at least one of ${REVIEW_VERSIONS.join(', ')}`)];
}

function validateSideEffects(sideEffects: string | undefined, path: string): FieldError[] {
  if (sideEffects === undefined) return [required(path, `must specify one of ${SIDE_EFFECTS.join(', ')}`)];
  return SIDE_EFFECTS.includes(sideEffects) ? [] : [notSupported(path, sideEffects, SIDE_EFFECTS)];
}

function validateRule(
  { operations = [], apiGroups = [], apiVersions = [], resources = [] }: WebhookRule,
  path: string,
): FieldError[] {
  const lists = { apiGroups, apiVersions, resources };
  const empty = Object.entries(lists).filter(([, values]) => values.length === 0);
  return [
    ...(operations.length === 0 ? [required(`${path}.operations`)] : []),
    ...operations.flatMap((operation, i) =>
      OPERATIONS.includes(operation) ? [] : [notSupported(`${path}.operations[${i}]`, operation, OPERATIONS)],
    ),
    ...empty.map(([field]) => required(`${path}.${field}`)),
  ];
}

function validateClient({ url, service }: Webhook['clientConfig'], path: string): FieldError[] {
  if ((url === undefined) === (service === undefined)) {
    return [required(path, 'exactly one of url or service is required')];
  }
  if (service !== undefined) {
    const missing = (['name', 'namespace'] as const).filter((field) => !service[field]);
    return missing.map((field) => required(`${path}.service.${field}`, `service ${field} is required`));
  }
  return url?.startsWith('https://') ? [] : [invalid(`${path}.url`, url, "'https' is the only allowed URL scheme")];
}
