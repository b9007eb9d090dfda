import { parseCel } from '../../apimachinery/cel/parse.ts';
import { CelSyntaxError, syntaxText } from '../../apimachinery/cel/tokens.ts';
import {
  duplicate,
  type FieldError,
  invalid,
  notSupported,
  required,
  tooMany,
} from '../../apimachinery/field-error.ts';
import { validateLabelSelector } from '../../apimachinery/label-selector.ts';
import { isDNS1123Subdomain } from '../../apimachinery/validation/names.ts';
import { check, checkQualifiedName } from '../checks.ts';
import { validateClientConfig } from './client-config.ts';
import { validateRule } from './rule.ts';
import type { MatchCondition, Webhook } from './webhook.ts';

/* Lists of what is supported are sorted, as sets are printed. */
const FAILURE_POLICIES: readonly string[] = Object.freeze(['Fail', 'Ignore']);
const MATCH_POLICIES: readonly string[] = Object.freeze(['Equivalent', 'Exact']);
const REINVOCATION_POLICIES: readonly string[] = Object.freeze(['IfNeeded', 'Never']);
const SIDE_EFFECTS: readonly string[] = Object.freeze(['None', 'NoneOnDryRun']);
const REVIEW_VERSIONS: readonly string[] = Object.freeze(['v1', 'v1beta1']);
const MOST_CONDITIONS = 64;

/** pkg/apis/admissionregistration/validation/validation.go validateValidatingWebhook, validateMutatingWebhook */
export function validateWebhooks(webhooks: readonly (Webhook & { reinvocationPolicy?: string })[]): FieldError[] {
  return webhooks.flatMap((webhook, i) => {
    const again = webhooks.slice(0, i).some(({ name }) => name === webhook.name);
    return [
      ...validateWebhook(webhook, `webhooks[${i}]`),
      ...(again ? [duplicate(`webhooks[${i}].name`, webhook.name)] : []),
    ];
  });
}

function validateWebhook(webhook: Webhook & { reinvocationPolicy?: string }, path: string): FieldError[] {
  const { name = '', rules = [], timeoutSeconds: seconds = 10 } = webhook;
  return [
    ...validateName(name, `${path}.name`),
    ...validateVersions(webhook.admissionReviewVersions ?? [], `${path}.admissionReviewVersions`),
    ...rules.flatMap((rule, i) => validateRule(rule, `${path}.rules[${i}]`)),
    ...checkOption(webhook.failurePolicy, FAILURE_POLICIES, `${path}.failurePolicy`),
    ...checkOption(webhook.matchPolicy, MATCH_POLICIES, `${path}.matchPolicy`),
    ...validateSideEffects(webhook.sideEffects, `${path}.sideEffects`),
    ...(seconds < 1 || seconds > 30
      ? [invalid(`${path}.timeoutSeconds`, seconds, 'the timeout value must be between 1 and 30 seconds')]
      : []),
    ...validateLabelSelector(webhook.namespaceSelector, `${path}.namespaceSelector`),
    ...validateLabelSelector(webhook.objectSelector, `${path}.objectSelector`),
    ...checkOption(webhook.reinvocationPolicy, REINVOCATION_POLICIES, `${path}.reinvocationPolicy`),
    ...validateClientConfig(webhook.clientConfig, `${path}.clientConfig`),
    ...validateConditions(webhook.matchConditions ?? [], `${path}.matchConditions`),
  ];
}

function checkOption(value: string | undefined, supported: readonly string[], path: string): FieldError[] {
  return value === undefined || supported.includes(value) ? [] : [notSupported(path, value, supported)];
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
  return checkOption(sideEffects, SIDE_EFFECTS, path);
}

/** validateMatchConditions */
function validateConditions(conditions: readonly MatchCondition[], path: string): FieldError[] {
  const errors = conditions.flatMap((condition, i) => {
    const { name = '' } = condition;
    const again = name !== '' && conditions.slice(0, i).some((each) => each.name === name);
    return [
      ...validateCondition(condition, `${path}[${i}]`),
      ...(again ? [duplicate(`${path}[${i}].name`, name)] : []),
    ];
  });
  return conditions.length <= MOST_CONDITIONS ? errors : [tooMany(path, conditions.length, MOST_CONDITIONS), ...errors];
}

function validateCondition({ name = '', expression = '' }: MatchCondition, path: string): FieldError[] {
  const trimmed = expression.trim();
  return [
    ...(trimmed === '' ? [required(`${path}.expression`)] : validateExpression(trimmed, `${path}.expression`)),
    ...(name === '' ? [required(`${path}.name`)] : checkQualifiedName(`${path}.name`, name)),
  ];
}

function validateExpression(expression: string, path: string): FieldError[] {
  try {
    parseCel(expression);
    return [];
  } catch (error) {
    if (!(error instanceof CelSyntaxError)) throw error;
    return [invalid(path, expression, `compilation failed: ${syntaxText(error, expression)}`)];
  }
}
