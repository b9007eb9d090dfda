import type { SelfSubjectReview } from '../../api/authentication-v1/self-subject-review.ts';
import type { ReviewedUser } from '../../api/authentication-v1/user-info.ts';
import { formatTime } from '../../sim/clock.ts';
import type { UserInfo } from './user-info.ts';

/** Answers who asks (pkg/registry/authentication/selfsubjectreview/rest.go); @param now milliseconds */
export function reviewSelf(_sent: SelfSubjectReview, user: UserInfo, now: number): SelfSubjectReview {
  return {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'SelfSubjectReview',
    metadata: { creationTimestamp: formatTime(now) } as SelfSubjectReview['metadata'],
    status: { userInfo: reviewedUser(user) },
  };
}

/** A user as the API writes it; what is empty is left out. */
export function reviewedUser({ name, uid, groups, extra }: UserInfo): ReviewedUser {
  return {
    username: name,
    ...(uid && { uid }),
    ...(groups.length > 0 && { groups: [...groups] }),
    ...(extra && { extra: Object.fromEntries(Object.entries(extra).map(([key, values]) => [key, [...values]])) }),
  };
}
