import {
  type BoundObjectReference,
  DEFAULT_TOKEN_SECONDS,
  type TokenRequest,
  tokenRequests,
  validateTokenRequest,
} from '../../api/authentication-v1/token-request.ts';
import { nodes } from '../../api/core-v1/node.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { secrets } from '../../api/core-v1/secret.ts';
import { serviceAccounts } from '../../api/core-v1/service-account.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import { goQuote } from '../../apimachinery/go-syntax.ts';
import type { Kind } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { newBadRequest, newConflict, newInvalid, newNotFound } from '../../apimachinery/status-error.ts';
import type { Store } from '../../etcd/store.ts';
import { type Clock, formatTime } from '../../sim/clock.ts';
import { ISSUER, type ServiceAccountTokens } from './service-account-token.ts';

/** What tokens can be bound to, by kind. */
const BINDABLE: Readonly<Record<string, Kind>> = Object.freeze({ Pod: pods, Node: nodes, Secret: secrets } as Record<
  string,
  Kind
>);

export interface TokenRequestParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly tokens: ServiceAccountTokens;
}

/**
 * The token subresource of service accounts, `kubectl create token` (pkg/registry/core/serviceaccount/storage/token.go).
 * @param namespace,name the service account, from the URL
 * @throws StatusError NotFound, Invalid, BadRequest, Conflict
 */
export function requestToken(
  sent: TokenRequest,
  { namespace, name }: { namespace: string; name: string },
  { store, clock, tokens }: TokenRequestParts,
): TokenRequest {
  refuseOtherAccount(sent, namespace, name);
  const account = existing(store, serviceAccounts, namespace, name);
  const { audiences = [], expirationSeconds = DEFAULT_TOKEN_SECONDS, boundObjectRef } = sent.spec ?? {};
  const spec = {
    audiences: audiences.length > 0 ? audiences : [ISSUER],
    expirationSeconds,
    ...(boundObjectRef && { boundObjectRef }),
  };
  const request: TokenRequest = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    metadata: { ...sent.metadata, name, namespace, creationTimestamp: formatTime(clock.now()) },
    spec,
  };
  const errors = validateTokenRequest(request);
  if (errors.length > 0) throw newInvalid(tokenRequests, '', errors);
  const boundTo = boundObjectRef && boundObject(boundObjectRef, namespace, name, store);
  const token = tokens.issue({ account, ...spec, ...(boundTo && { boundTo }) });
  return { ...request, status: { token, expirationTimestamp: formatTime(clock.now() + expirationSeconds * 1000) } };
}

function refuseOtherAccount({ metadata }: TokenRequest, namespace: string, name: string): void {
  const refuse = (field: 'name' | 'namespace', value: string) => {
    const error = invalid(`metadata.${field}`, value, `must match the service account ${field} if specified`);
    throw newInvalid(tokenRequests, name, [error]);
  };
  if (metadata?.name && metadata.name !== name) refuse('name', metadata.name);
  if (metadata?.namespace && metadata.namespace !== namespace) refuse('namespace', metadata.namespace);
}

function boundObject(ref: BoundObjectReference, namespace: string, account: string, store: Store): KubeObject {
  const { apiVersion = '', kind = '', name = '', uid = '' } = ref;
  const bindable = apiVersion === 'v1' && Object.hasOwn(BINDABLE, kind) ? BINDABLE[kind] : undefined;
  if (bindable === undefined) throw newBadRequest(`cannot bind token to object of type ${typeName(apiVersion, kind)}`);
  const object = existing(store, bindable, namespace, name);
  if (bindable === pods && (object as Pod).spec.serviceAccountName !== account) {
    const words = 'to pod running with different serviceaccount name.';
    throw newBadRequest(`cannot bind token for serviceaccount ${goQuote(account)} ${words}`);
  }
  if (uid === '' || uid === object.metadata.uid) return object;
  const message =
    `the UID in the bound object reference (${uid}) does not match the UID in record. ` +
    'The object might have been deleted and then recreated';
  throw newConflict({ group: '', resource: kind }, name, message);
}

/** `apps/v1, Kind=Deployment` (schema.GroupVersionKind.String) */
function typeName(apiVersion: string, kind: string): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return `${group}/${version}, Kind=${kind}`;
}

/** @throws StatusError NotFound */
function existing(store: Store, kind: Kind, namespace: string, name: string): KubeObject {
  const found = store.get(kind.resource, kind.namespaced ? namespace : '', name);
  if (found === undefined) throw newNotFound(kind, name);
  return found;
}
