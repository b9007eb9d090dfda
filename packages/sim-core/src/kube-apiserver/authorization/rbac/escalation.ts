import { type ClusterRole, clusterRoles } from '../../../api/rbac-v1/cluster-role.ts';
import { clusterRoleBindings } from '../../../api/rbac-v1/cluster-role-binding.ts';
import { type PolicyRule, type Role, roles } from '../../../api/rbac-v1/role.ts';
import { roleBindings } from '../../../api/rbac-v1/role-binding.ts';
import { deepEqual } from '../../../apimachinery/deep.ts';
import { goQuote } from '../../../apimachinery/go-syntax.ts';
import type { Kind } from '../../../apimachinery/kind.ts';
import type { KubeObject } from '../../../apimachinery/object-meta.ts';
import { newForbidden, newNotFound } from '../../../apimachinery/status-error.ts';
import type { AdmissionPlugin } from '../../admission/admission.ts';
import type { UserInfo } from '../../authentication/user-info.ts';
import { resourceAttributes } from '../attributes.ts';
import { type Authorizer, SYSTEM_MASTERS } from '../authorizer.ts';
import type { Binding } from './binding-index.ts';
import { compactRules, missingRules } from './covers.ts';
import { ALL } from './rule-allows.ts';

const RBAC = 'rbac.authorization.k8s.io';

const EVERYTHING: readonly PolicyRule[] = Object.freeze([
  { apiGroups: [ALL], resources: [ALL], verbs: [ALL] },
  { nonResourceURLs: [ALL], verbs: [ALL] },
]);

/** A write of one of the four rbac kinds; of other kinds nothing is asked. */
export interface RbacWrite {
  readonly kind: Kind;
  readonly object: KubeObject;
  readonly old?: KubeObject | undefined;
  readonly user: UserInfo;
}

/** Asks of every write with a user whether it grants more than that user holds. */
export function rbacEscalation(authorizer: Authorizer): AdmissionPlugin {
  return {
    name: 'RBACEscalation',
    admit: ({ operation, kind, object, old, userInfo }) => {
      if (operation !== 'DELETE' && userInfo) confirmNoEscalation({ kind, object, old, user: userInfo }, authorizer);
    },
  };
}

/**
 * Nobody grants what they do not hold themselves, unless they may `escalate` or `bind`
 * (pkg/registry/rbac/{role,clusterrole,rolebinding,clusterrolebinding}/policybased/storage.go).
 * @throws StatusError Forbidden, or NotFound for the role of a binding
 */
function confirmNoEscalation(write: RbacWrite, authorizer: Authorizer): void {
  const { kind, object, old, user } = write;
  if (user.groups.includes(SYSTEM_MASTERS) || (old !== undefined && onlyForCollection(object, old))) return;
  if (same(kind, roles) || same(kind, clusterRoles)) confirmRole(write, authorizer);
  if (same(kind, roleBindings) || same(kind, clusterRoleBindings)) confirmBinding(write, authorizer);
}

function same(kind: Kind, other: { group: string; resource: string }): boolean {
  return kind.group === other.group && kind.resource === other.resource;
}

/** Owners and finalizers may change whatever the rules say (pkg/registry/rbac/helpers.go IsOnlyMutatingGCFields). */
function onlyForCollection(object: KubeObject, old: KubeObject): boolean {
  const without = ({ metadata, ...others }: KubeObject) => {
    const { ownerReferences: _owners, finalizers: _finalizers, managedFields: _managed, ...rest } = metadata;
    return { ...others, metadata: rest };
  };
  return deepEqual(without(object), without(old));
}

function confirmRole({ kind, object, old, user }: RbacWrite, authorizer: Authorizer): void {
  const { name, namespace = '' } = object.metadata;
  const verb = 'escalate';
  const asked = resourceAttributes(user, {
    verb,
    apiGroup: RBAC,
    apiVersion: 'v1',
    resource: kind.resource,
    name,
    namespace,
  });
  if (authorizer.authorize(asked).allowed) return;
  const refused = missing((object as Role).rules ?? [], user, namespace, authorizer);
  if (refused !== undefined) throw newForbidden(kind, name, refused);
  if (!aggregates(object) && !(old && aggregates(old))) return;
  if (missing(EVERYTHING, user, namespace, authorizer) === undefined) return;
  throw newForbidden(kind, name, 'must have cluster-admin privileges to use the aggregationRule');
}

function aggregates(role: KubeObject): boolean {
  return ((role as ClusterRole).aggregationRule?.clusterRoleSelectors ?? []).length > 0;
}

function confirmBinding({ kind, object, user }: RbacWrite, authorizer: Authorizer): void {
  const { name, namespace = '' } = object.metadata;
  const { roleRef } = object as Binding;
  const resource = roleRef?.kind === 'Role' ? roles.resource : clusterRoles.resource;
  const asked = { verb: 'bind', apiGroup: RBAC, apiVersion: 'v1', resource, name: roleRef?.name ?? '', namespace };
  if (authorizer.authorize(resourceAttributes(user, asked)).allowed) return;
  const rules = authorizer.rules.rulesOf(roleRef, namespace);
  if (rules === undefined) throw newNotFound({ group: RBAC, resource }, roleRef?.name ?? '');
  const refused = missing(rules, user, namespace, authorizer);
  if (refused !== undefined) throw newForbidden(kind, name, refused);
}

/** What the user does not hold of these rules, in words (pkg/registry/rbac/validation/rule.go ConfirmNoEscalation). */
function missing(rules: readonly PolicyRule[], user: UserInfo, namespace: string, authorizer: Authorizer) {
  const lacking = missingRules(authorizer.rules.rulesFor(user, namespace), rules);
  if (lacking.length === 0) return undefined;
  const lines = [...new Set(compactRules(lacking).map(compactString))].sort();
  const who = `user ${goQuote(user.name)} (groups=${list(user.groups)})`;
  return `${who} is attempting to grant RBAC permissions not currently held:\n${lines.join('\n')}`;
}

/** `{APIGroups:[""], Resources:["pods"], Verbs:["get"]}` (pkg/apis/rbac/v1/helpers.go CompactString) */
function compactString(rule: PolicyRule): string {
  const parts: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['APIGroups', rule.apiGroups],
    ['Resources', rule.resources],
    ['NonResourceURLs', rule.nonResourceURLs],
    ['ResourceNames', rule.resourceNames],
    ['Verbs', rule.verbs],
  ];
  return `{${parts.flatMap(([name, words]) => (words?.length ? [`${name}:${list(words)}`] : [])).join(', ')}}`;
}

/** Strings as Go's %q prints a slice of them. */
function list(words: readonly string[]): string {
  return `[${words.map(goQuote).join(' ')}]`;
}
