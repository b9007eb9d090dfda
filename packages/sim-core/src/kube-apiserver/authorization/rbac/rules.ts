import { type ClusterRole, clusterRoles } from '../../../api/rbac-v1/cluster-role.ts';
import { type PolicyRule, type Role, roles } from '../../../api/rbac-v1/role.ts';
import type { RoleRef } from '../../../api/rbac-v1/role-binding.ts';
import { goQuote } from '../../../apimachinery/go-syntax.ts';
import { groupResource } from '../../../apimachinery/kind.ts';
import type { Store } from '../../../etcd/store.ts';
import type { UserInfo } from '../../authentication/user-info.ts';
import { BindingIndex, type Bound } from './binding-index.ts';
import { describeSubject } from './subjects.ts';

/** A rule that a user holds, or what stood in the way of reading it. */
export type Held = { readonly rule: PolicyRule; readonly bound: Bound } | { readonly error: string };

/** Which rules a user holds (pkg/registry/rbac/validation/rule.go DefaultRuleResolver). */
export class RuleResolver {
  readonly #store: Store;
  readonly #bindings: BindingIndex;

  constructor(store: Store) {
    this.#store = store;
    this.#bindings = new BindingIndex(store);
  }

  /** Rules that hold everywhere, then those of the namespace. */
  *heldBy(user: UserInfo, namespace: string): Generator<Held> {
    for (const place of namespace === '' ? [''] : ['', namespace]) {
      for (const bound of this.#bindings.of(user, place)) {
        const rules = this.rulesOf(bound.binding.roleRef, place);
        if (rules === undefined) yield { error: roleNotFound(bound.binding.roleRef) };
        else for (const rule of rules) yield { rule, bound };
      }
    }
  }

  /** The rules themselves. */
  rulesFor(user: UserInfo, namespace: string): PolicyRule[] {
    return [...this.heldBy(user, namespace)].flatMap((held) => ('rule' in held ? [held.rule] : []));
  }

  /** Rules of a role, undefined when there is none; @param namespace where a Role is looked for */
  rulesOf({ kind, name }: RoleRef, namespace: string): readonly PolicyRule[] | undefined {
    const found =
      kind === 'Role'
        ? this.#store.get(groupResource(roles), namespace, name)
        : this.#store.get(groupResource(clusterRoles), '', name);
    return found && ((found as Role | ClusterRole).rules ?? []);
  }
}

/** `role.rbac.authorization.k8s.io "reader" not found`: the singular is what upstream's listers say. */
function roleNotFound({ kind, name }: RoleRef): string {
  return `${kind.toLowerCase()}.rbac.authorization.k8s.io ${goQuote(name)} not found`;
}

/** `ClusterRoleBinding "x" of ClusterRole "y" to Group "z"` (rule.go clusterRoleBindingDescriber, roleBindingDescriber). */
export function describeBound({ binding, subject }: Bound): string {
  const { name, namespace = '' } = binding.metadata;
  const own = namespace === '' ? name : `${name}/${namespace}`;
  const { kind, name: role } = binding.roleRef;
  return `${binding.kind} ${goQuote(own)} of ${kind} ${goQuote(role)} to ${describeSubject(subject, namespace)}`;
}
