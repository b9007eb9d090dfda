import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import { validateLocalReview, validateSelfReview, validateSubjectReview } from './validation.ts';

/** A request about a resource. */
export interface ResourceAttributes {
  namespace?: string;
  verb?: string;
  group?: string;
  version?: string;
  resource?: string;
  subresource?: string;
  name?: string;
  fieldSelector?: SelectorAttributes;
  labelSelector?: SelectorAttributes;
}

/** A selector of the request, raw or taken apart. */
export interface SelectorAttributes {
  rawSelector?: string;
  requirements?: { key?: string; operator?: string; values?: string[] }[];
}

/** A request about a path. */
export interface NonResourceAttributes {
  path?: string;
  verb?: string;
}

/** What is asked: a request, and for others than oneself the user. */
export interface SubjectAccessReviewSpec {
  resourceAttributes?: ResourceAttributes;
  nonResourceAttributes?: NonResourceAttributes;
  user?: string;
  groups?: string[];
  extra?: Record<string, string[]>;
  uid?: string;
}

/** The answer. */
export interface SubjectAccessReviewStatus {
  allowed: boolean;
  denied?: boolean;
  reason?: string;
  evaluationError?: string;
}

/** What the three reviews of access have in common. */
export interface AccessReview {
  apiVersion: 'authorization.k8s.io/v1';
  kind: string;
  metadata: ObjectMeta;
  spec: SubjectAccessReviewSpec;
  status?: SubjectAccessReviewStatus;
}

const COMMON = { group: 'authorization.k8s.io', version: 'v1', verbs: ['create'] } as const;

/** authorization.k8s.io/v1 SubjectAccessReview: may somebody do that? Answered, never stored. */
export const subjectAccessReviews = defineKind<AccessReview>({
  ...COMMON,
  kind: 'SubjectAccessReview',
  resource: 'subjectaccessreviews',
  singular: 'subjectaccessreview',
  namespaced: false,
  validate: validateSubjectReview,
});

/** authorization.k8s.io/v1 SelfSubjectAccessReview: may I do that (`kubectl auth can-i`)? */
export const selfSubjectAccessReviews = defineKind<AccessReview>({
  ...COMMON,
  kind: 'SelfSubjectAccessReview',
  resource: 'selfsubjectaccessreviews',
  singular: 'selfsubjectaccessreview',
  namespaced: false,
  validate: validateSelfReview,
});

/** authorization.k8s.io/v1 LocalSubjectAccessReview: may somebody do that in this namespace? */
export const localSubjectAccessReviews = defineKind<AccessReview>({
  ...COMMON,
  kind: 'LocalSubjectAccessReview',
  resource: 'localsubjectaccessreviews',
  singular: 'localsubjectaccessreview',
  namespaced: true,
  validate: validateLocalReview,
});
