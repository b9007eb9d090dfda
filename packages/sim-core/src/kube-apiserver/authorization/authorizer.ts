import type { PolicyRule } from '../../api/rbac-v1/role.ts';
import type { Store } from '../../etcd/store.ts';
import type { UserInfo } from '../authentication/user-info.ts';
import type { Attributes, Decision } from './attributes.ts';
import { NODE_RULES } from './bootstrap-policy/node-rules.ts';
import { ruleAllows } from './rbac/rule-allows.ts';
import { describeBound, RuleResolver } from './rbac/rules.ts';

/** Whose members may do everything, whatever the rules say. */
export const SYSTEM_MASTERS = 'system:masters';

const ALLOWED: Decision = Object.freeze({ allowed: true, reason: '' });

/** What a user may do in a namespace, and why that may not be all. */
export interface RulesFor {
  readonly rules: readonly PolicyRule[];
  readonly errors: readonly string[];
}

/**
 * Who may do what: `--authorization-mode=Node,RBAC` behind the group that may do everything
 * (k8s.io/apiserver/pkg/authorization/union, plugin/pkg/auth/authorizer/{node,rbac}).
 */
export class Authorizer {
  readonly rules: RuleResolver;

  constructor(store: Store) {
    this.rules = new RuleResolver(store);
  }

  authorize(asked: Attributes): Decision {
    if (asked.user.groups.includes(SYSTEM_MASTERS)) return ALLOWED;
    if (isNode(asked.user) && NODE_RULES.some((rule) => ruleAllows(rule, asked))) return ALLOWED;
    return this.#byRules(asked);
  }

  #byRules(asked: Attributes): Decision {
    const errors: string[] = [];
    for (const held of this.rules.heldBy(asked.user, asked.namespace)) {
      if ('error' in held) errors.push(held.error);
      else if (ruleAllows(held.rule, asked))
        return { allowed: true, reason: `RBAC: allowed by ${describeBound(held.bound)}` };
    }
    return { allowed: false, reason: errors.length === 0 ? '' : `RBAC: ${aggregate(errors)}` };
  }

  /** Everything that rules allow a user in a namespace (rbac.go RulesFor). */
  rulesFor(user: UserInfo, namespace: string): RulesFor {
    const held = [...this.rules.heldBy(user, namespace)];
    return {
      rules: held.flatMap((each) => ('rule' in each ? [each.rule] : [])),
      errors: held.flatMap((each) => ('error' in each ? [each.error] : [])),
    };
  }
}

function isNode({ name, groups }: UserInfo): boolean {
  return name.startsWith('system:node:') && groups.includes('system:nodes');
}

/** Errors as one, each once (k8s.io/apimachinery/pkg/util/errors Aggregate). */
export function aggregate(errors: readonly string[]): string {
  const [first = '', ...others] = new Set(errors);
  return others.length === 0 ? first : `[${[first, ...others].join(', ')}]`;
}
