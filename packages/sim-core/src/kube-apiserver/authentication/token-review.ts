import type { TokenReview } from '../../api/authentication-v1/token-review.ts';
import { newBadRequest } from '../../apimachinery/status-error.ts';
import { type AuthenticatorParts, authenticateToken } from './authenticator.ts';
import { reviewedUser } from './self-subject-review.ts';
import { ISSUER } from './service-account-token.ts';

/**
 * Answers whose token it is (pkg/registry/authentication/tokenreview/storage.go).
 * @throws StatusError BadRequest without a token
 */
export function reviewToken(sent: TokenReview, parts: AuthenticatorParts): TokenReview {
  const { token = '', audiences = [] } = sent.spec ?? {};
  if (token === '') throw newBadRequest('token is required for TokenReview in authentication');
  const answer = authenticateToken(token, audiences.length > 0 ? audiences : [ISSUER], parts);
  const status =
    'error' in answer
      ? { user: {}, error: answer.error }
      : { authenticated: true, user: reviewedUser(answer.user), audiences: [...answer.audiences] };
  return { ...sent, status };
}
