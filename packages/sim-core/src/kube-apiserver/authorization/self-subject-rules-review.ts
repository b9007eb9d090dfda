import type { SelfSubjectRulesReview } from '../../api/authorization-v1/self-subject-rules-review.ts';
import type { PolicyRule } from '../../api/rbac-v1/role.ts';
import { newBadRequest } from '../../apimachinery/status-error.ts';
import type { UserInfo } from '../authentication/user-info.ts';
import { type Authorizer, aggregate } from './authorizer.ts';

/**
 * What may I do in this namespace (pkg/registry/authorization/selfsubjectrulesreview/rest.go)?
 * @throws StatusError BadRequest without a namespace
 */
export function reviewSelfRules(
  sent: SelfSubjectRulesReview,
  user: UserInfo,
  authorizer: Authorizer,
): SelfSubjectRulesReview {
  const namespace = sent.spec?.namespace ?? '';
  if (namespace === '') throw newBadRequest('no namespace on request');
  const { rules, errors } = authorizer.rulesFor(user, namespace);
  return {
    ...sent,
    spec: {},
    status: {
      resourceRules: rules.flatMap(resourceRule),
      nonResourceRules: rules.flatMap(({ verbs, nonResourceURLs }) =>
        nonResourceURLs?.length ? [{ verbs: [...verbs], nonResourceURLs: [...nonResourceURLs] }] : [],
      ),
      incomplete: errors.length > 0,
      ...(errors.length > 0 && { evaluationError: aggregate(errors) }),
    },
  };
}

function resourceRule({ verbs, apiGroups, resources, resourceNames }: PolicyRule) {
  if (!resources?.length) return [];
  const names = resourceNames?.length ? { resourceNames: [...resourceNames] } : {};
  return [{ verbs: [...verbs], apiGroups: [...(apiGroups ?? [])], resources: [...resources], ...names }];
}
