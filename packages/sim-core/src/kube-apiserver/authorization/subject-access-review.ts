import type { AccessReview } from '../../api/authorization-v1/subject-access-review.ts';
import type { Kind } from '../../apimachinery/kind.ts';
import { newBadRequest, newInvalid } from '../../apimachinery/status-error.ts';
import type { UserInfo } from '../authentication/user-info.ts';
import { type Attributes, pathAttributes, resourceAttributes } from './attributes.ts';
import type { Authorizer } from './authorizer.ts';

/** The attributes that a review asks about (pkg/registry/authorization/util/helpers.go). */
function attributesOf({ spec }: AccessReview, user: UserInfo): Attributes {
  const { resourceAttributes: asked, nonResourceAttributes } = spec;
  if (asked === undefined) {
    return pathAttributes(user, nonResourceAttributes?.verb ?? '', nonResourceAttributes?.path ?? '');
  }
  const { group: apiGroup = '', version: apiVersion = '*', verb = '', namespace = '' } = asked;
  const { resource = '', subresource = '', name = '' } = asked;
  return resourceAttributes(user, { apiGroup, apiVersion, verb, namespace, resource, subresource, name });
}

/** May I? @throws StatusError Invalid */
export function reviewSelfAccess(kind: Kind<AccessReview>, sent: AccessReview, user: UserInfo, authorizer: Authorizer) {
  return answered(kind, sent, user, authorizer);
}

/** May they? @throws StatusError Invalid */
export function reviewAccess(kind: Kind<AccessReview>, sent: AccessReview, authorizer: Authorizer): AccessReview {
  const { user = '', groups = [], uid, extra } = sent.spec ?? {};
  return answered(kind, sent, { name: user, groups, ...(uid && { uid }), ...(extra && { extra }) }, authorizer);
}

/** May they, in this namespace? @throws StatusError Invalid, BadRequest */
export function reviewLocalAccess(
  kind: Kind<AccessReview>,
  sent: AccessReview,
  namespace: string,
  authorizer: Authorizer,
): AccessReview {
  const local = { ...sent, metadata: { ...sent.metadata, namespace: sent.metadata?.namespace || namespace } };
  if (local.metadata.namespace !== namespace) {
    throw newBadRequest(`spec.resourceAttributes.namespace must match namespace: ${namespace}`);
  }
  return reviewAccess(kind, local, authorizer);
}

function answered(kind: Kind<AccessReview>, sent: AccessReview, user: UserInfo, authorizer: Authorizer): AccessReview {
  const review = { ...sent, metadata: sent.metadata ?? {}, spec: sent.spec ?? {} };
  const errors = kind.validate?.(review) ?? [];
  if (errors.length > 0) throw newInvalid(kind, '', errors);
  const { allowed, reason } = authorizer.authorize(attributesOf(review, user));
  return { ...review, status: { allowed, ...(reason !== '' && { reason }) } };
}
