import { type FieldError, invalid } from '../../apimachinery/field-error.ts';
import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';

/** What a token stops with: a Pod, Node or Secret. */
export interface BoundObjectReference {
  kind?: string;
  apiVersion?: string;
  name?: string;
  uid?: string;
}

/** authentication.k8s.io/v1 TokenRequest: body of the token subresource of service accounts. */
export interface TokenRequest {
  apiVersion: 'authentication.k8s.io/v1';
  kind: 'TokenRequest';
  metadata: ObjectMeta;
  spec: { audiences?: string[]; expirationSeconds?: number; boundObjectRef?: BoundObjectReference };
  status?: { token: string; expirationTimestamp: string };
}

/** Not served at a path of its own: only as the token subresource. */
export const tokenRequests = defineKind<TokenRequest>({
  group: 'authentication.k8s.io',
  version: 'v1',
  kind: 'TokenRequest',
  resource: 'tokenrequests',
  singular: 'tokenrequest',
  namespaced: true,
  verbs: ['create'],
  validate: validateTokenRequest,
});

const MIN_SECONDS = 600;
const MAX_SECONDS = 2 ** 32;
/** pkg/apis/authentication/v1/defaults.go */
export const DEFAULT_TOKEN_SECONDS = 3600;

/** pkg/apis/authentication/validation/validation.go ValidateTokenRequest */
export function validateTokenRequest({ spec }: TokenRequest): FieldError[] {
  const { expirationSeconds = DEFAULT_TOKEN_SECONDS } = spec;
  const field = 'spec.expirationSeconds';
  if (expirationSeconds < MIN_SECONDS) {
    return [invalid(field, expirationSeconds, 'may not specify a duration less than 10 minutes')];
  }
  if (expirationSeconds <= MAX_SECONDS) return [];
  return [invalid(field, expirationSeconds, 'may not specify a duration larger than 2^32 seconds')];
}
