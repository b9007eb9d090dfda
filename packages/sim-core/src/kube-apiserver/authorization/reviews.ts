import { type SelfSubjectReview, selfSubjectReviews } from '../../api/authentication-v1/self-subject-review.ts';
import { type TokenReview, tokenReviews } from '../../api/authentication-v1/token-review.ts';
import {
  type SelfSubjectRulesReview,
  selfSubjectRulesReviews,
} from '../../api/authorization-v1/self-subject-rules-review.ts';
import {
  type AccessReview,
  localSubjectAccessReviews,
  selfSubjectAccessReviews,
  subjectAccessReviews,
} from '../../api/authorization-v1/subject-access-review.ts';
import type { Kind } from '../../apimachinery/kind.ts';
import type { KubeObject, ObjectMeta } from '../../apimachinery/object-meta.ts';
import { reviewSelf } from '../authentication/self-subject-review.ts';
import { reviewToken } from '../authentication/token-review.ts';
import type { UserInfo } from '../authentication/user-info.ts';
import type { Access } from './access.ts';
import { reviewSelfRules } from './self-subject-rules-review.ts';
import { reviewAccess, reviewLocalAccess, reviewSelfAccess } from './subject-access-review.ts';

/** What a review is answered from. */
export interface ReviewContext {
  readonly access: Access;
  /** Who asks. */
  readonly user: UserInfo;
  /** Of the URL, '' for none. */
  readonly namespace: string;
  /** Cluster time in milliseconds. */
  readonly now: number;
}

/** Kinds that are asked instead of stored. */
const REVIEWS: readonly Kind[] = Object.freeze([
  selfSubjectReviews,
  tokenReviews,
  selfSubjectRulesReviews,
  selfSubjectAccessReviews,
  subjectAccessReviews,
  localSubjectAccessReviews,
] as Kind[]);

/**
 * Answers an object of a kind that is asked instead of stored; the answer is its body, with status 201.
 * @returns undefined for other kinds
 * @throws StatusError Invalid, BadRequest
 */
export function review(kind: Kind, object: KubeObject, context: ReviewContext): KubeObject | undefined {
  const answer = answered(kind, object, context);
  return answer && { ...answer, metadata: timed(answer.metadata) };
}

/** Go writes the time of what was never created as null; protobuf bodies bring it as ''. */
function timed(metadata: ObjectMeta): ObjectMeta {
  return { ...metadata, creationTimestamp: (metadata.creationTimestamp || null) as unknown as string };
}

function answered(kind: Kind, object: KubeObject, context: ReviewContext): KubeObject | undefined {
  const { access, user, namespace, now } = context;
  if (!REVIEWS.includes(kind)) return undefined;
  switch (kind.resource) {
    case selfSubjectReviews.resource:
      return reviewSelf(object as SelfSubjectReview, user, now);
    case tokenReviews.resource:
      return reviewToken(object as TokenReview, access);
    case selfSubjectRulesReviews.resource:
      return reviewSelfRules(object as SelfSubjectRulesReview, user, access.authorizer);
    case selfSubjectAccessReviews.resource:
      return reviewSelfAccess(selfSubjectAccessReviews, object as AccessReview, user, access.authorizer);
    case subjectAccessReviews.resource:
      return reviewAccess(subjectAccessReviews, object as AccessReview, access.authorizer);
    case localSubjectAccessReviews.resource:
      return reviewLocalAccess(localSubjectAccessReviews, object as AccessReview, namespace, access.authorizer);
    default:
      return undefined;
  }
}
