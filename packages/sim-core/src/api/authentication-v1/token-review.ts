import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import type { ReviewedUser } from './user-info.ts';

/** authentication.k8s.io/v1 TokenReview: whose token is that? Answered, never stored. */
export interface TokenReview {
  apiVersion: 'authentication.k8s.io/v1';
  kind: 'TokenReview';
  metadata: ObjectMeta;
  spec?: { token?: string; audiences?: string[] };
  status?: { authenticated?: boolean; user?: ReviewedUser; audiences?: string[]; error?: string };
}

export const tokenReviews = defineKind<TokenReview>({
  group: 'authentication.k8s.io',
  version: 'v1',
  kind: 'TokenReview',
  resource: 'tokenreviews',
  singular: 'tokenreview',
  namespaced: false,
  verbs: ['create'],
});
