import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ServiceAccountTokens, TokenAnswer } from './service-account-token.ts';
import { ISSUER } from './service-account-token.ts';
import type { UserInfo } from './user-info.ts';

/** The administrator of a cluster that kubeadm made; ClusterRoleBinding kubeadm:cluster-admins makes it one. */
export const ADMIN: UserInfo = Object.freeze({
  name: 'kubernetes-admin',
  groups: Object.freeze(['kubeadm:cluster-admins', 'system:authenticated']),
});

/** Who brings no credentials. */
export const ANONYMOUS: UserInfo = Object.freeze({
  name: 'system:anonymous',
  groups: Object.freeze(['system:unauthenticated']),
});

/** What an authenticator knows. */
export interface AuthenticatorParts {
  /** The administrator's token; '' for none. */
  readonly adminToken: string;
  readonly tokens: ServiceAccountTokens;
}

/**
 * Who sends a request, by `Authorization: Bearer …`. No credentials are {@link ANONYMOUS}.
 * @returns undefined for credentials that are wrong
 */
export function authenticate(authorization: string | undefined, parts: AuthenticatorParts): UserInfo | undefined {
  const token = bearerToken(authorization);
  if (token === undefined) return ANONYMOUS;
  const answer = authenticateToken(token, [ISSUER], parts);
  return 'user' in answer ? answer.user : undefined;
}

/** Whose token it is, when it is meant for one of the audiences. */
export function authenticateToken(token: string, audiences: readonly string[], parts: AuthenticatorParts): TokenAnswer {
  if (isAdminToken(token, parts) && audiences.includes(ISSUER)) return { user: ADMIN, audiences: [ISSUER] };
  const answer = parts.tokens.authenticate(token, audiences);
  if (answer === undefined) return { error: INVALID };
  return 'error' in answer ? { error: `[${INVALID}, ${answer.error}]` } : answer;
}

const INVALID = 'invalid bearer token';

/** Compared by digest, so that the time it takes tells nothing of the token. */
function isAdminToken(token: string, { adminToken }: AuthenticatorParts): boolean {
  return adminToken !== '' && digest(token) === digest(adminToken);
}

function digest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** k8s.io/apiserver/pkg/authentication/request/bearertoken/bearertoken.go */
function bearerToken(authorization = ''): string | undefined {
  const [scheme = '', token = ''] = authorization.trim().split(' ');
  return scheme.toLowerCase() === 'bearer' && token !== '' ? token : undefined;
}
