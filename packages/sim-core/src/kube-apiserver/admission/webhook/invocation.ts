import type { WebhookRule } from '../../../api/admissionregistration-v1/webhook.ts';
import { type Namespace, namespaces } from '../../../api/core-v1/namespace.ts';
import type { Kind } from '../../../apimachinery/kind.ts';
import { isEmptySelector, matchesSelector } from '../../../apimachinery/label-selector.ts';
import { newNotFound } from '../../../apimachinery/status-error.ts';
import type { AdmissionRequest } from '../admission.ts';
import type { Equivalents } from './equivalents.ts';
import type { Hook } from './hooks.ts';
import type { MatchConditions } from './match-conditions.ts';
import { matchesRule, type Subject } from './rules.ts';

/** That a webhook is to be asked about a write. */
export interface Invocation {
  readonly hook: Hook;
  /** The version in which it is shown the objects. */
  readonly kind: Kind;
}

/** Kinds whose writes no webhook sees, so that a bad configuration can be mended (IsExemptAdmissionConfigurationResource). */
const EXEMPT = /^(Validating|Mutating)(WebhookConfiguration|AdmissionPolicy|AdmissionPolicyBinding)$/;

/** Whether webhooks are asked about a kind at all. */
export function isExempt({ group, kind }: Kind): boolean {
  return group === 'admissionregistration.k8s.io' && EXEMPT.test(kind);
}

/** What decides whether a webhook is asked. */
export interface Matching {
  readonly equivalents: Equivalents;
  readonly conditions: MatchConditions;
}

/**
 * Whether a webhook is to be asked (k8s.io/apiserver/pkg/admission/plugin/webhook/generic/webhook.go, ShouldCallHook).
 * @throws StatusError NotFound for a namespace that is not there; Forbidden where a condition fails
 */
export function invocationOf(hook: Hook, request: AdmissionRequest, matching: Matching): Invocation | undefined {
  const { webhook } = hook;
  const kind = matchedKind(hook, request, matching.equivalents);
  if (kind === undefined) return undefined;
  // What selects objects decides before a namespace is looked for.
  if (!matchesObjects(webhook.objectSelector, request)) return undefined;
  if (!matchesNamespace(webhook.namespaceSelector, request)) return undefined;
  const invocation = { hook, kind };
  return matching.conditions.hold(invocation, request) ? invocation : undefined;
}

/** The version of the request where a rule names it; with matchPolicy Equivalent any other one of the same objects. */
function matchedKind({ webhook }: Hook, request: AdmissionRequest, equivalents: Equivalents): Kind | undefined {
  const { rules = [], matchPolicy } = webhook;
  if (rules.length === 0) return undefined;
  const asked = requestKindOf(request);
  const named = rules.some((rule) => matchesRule(rule, subjectOf(request, asked)));
  if (named || matchPolicy !== 'Equivalent') return named ? asked : undefined;
  const others = equivalents.of(asked);
  const matches = (rule: WebhookRule) => others.find((kind) => matchesRule(rule, subjectOf(request, kind)));
  return others.length === 0 ? undefined : rules.map(matches).find((kind) => kind !== undefined);
}

/** The version that the client has named; components speak of what is stored. */
export function requestKindOf({ requestKind, kind }: AdmissionRequest): Kind {
  return requestKind ?? kind;
}

function subjectOf(request: AdmissionRequest, { group, version, resource }: Kind): Subject {
  const { operation, subresource = '' } = request;
  return { operation, group, version, resource, subresource, namespace: namespaceOf(request) };
}

/** Of a Namespace its own name (admission.Attributes.GetNamespace). */
export function namespaceOf({ kind, object }: AdmissionRequest): string {
  if (kind === namespaces) return object.metadata.name ?? '';
  return kind.namespaced ? (object.metadata.namespace ?? '') : '';
}

/** Either of the objects is enough (predicates/object/matcher.go). */
function matchesObjects(selector: Hook['webhook']['objectSelector'], { object, old }: AdmissionRequest): boolean {
  if (selector === undefined || isEmptySelector(selector)) return true;
  return matchesSelector(selector, object.metadata.labels) || (!!old && matchesSelector(selector, old.metadata.labels));
}

/** What is in no namespace always matches (predicates/namespace/matcher.go). @throws StatusError NotFound */
function matchesNamespace(selector: Hook['webhook']['namespaceSelector'], request: AdmissionRequest): boolean {
  if (selector === undefined || isEmptySelector(selector)) return true;
  const { kind, operation, object, store } = request;
  if (kind === namespaces && operation !== 'DELETE') return matchesSelector(selector, object.metadata.labels);
  const name = namespaceOf(request);
  if (name === '') return true;
  const namespace = store.get(namespaces.resource, '', name) as Namespace | undefined;
  if (namespace === undefined) throw newNotFound(namespaces, name);
  return matchesSelector(selector, namespace.metadata.labels);
}
