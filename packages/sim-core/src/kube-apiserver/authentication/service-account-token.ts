import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { nodes } from '../../api/core-v1/node.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { secrets } from '../../api/core-v1/secret.ts';
import { serviceAccounts } from '../../api/core-v1/service-account.ts';
import type { Kind } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { Store } from '../../etcd/store.ts';
import type { Clock } from '../../sim/clock.ts';
import { hexDigits, type Random, type RandomStream, uuid } from '../../sim/random.ts';
import { readJwt, signJwt, verifyJwt } from './jwt.ts';
import { serviceAccountGroups, serviceAccountUsername } from './service-account-name.ts';
import type { UserInfo } from './user-info.ts';

/** `--service-account-issuer`, which is also the audience of tokens that name none. */
export const ISSUER = 'https://kubernetes.default.svc.cluster.local';
const AUTH = 'authentication.kubernetes.io';
/** A pod's token lives this much longer than its kubelet believes, for clients that never read it again. */
const EXTENDED_SECONDS = 365 * 24 * 60 * 60;
/** Expiration that the admission plugin asks for: the sign that the extension applies (WarnOnlyBoundTokenExpirationSeconds). */
const POD_TOKEN_SECONDS = 3607;

interface NamedUid {
  readonly name: string;
  readonly uid: string;
}

/** The claims (pkg/serviceaccount/claims.go, with the registered ones of RFC 7519); times in seconds. */
export interface TokenClaims {
  readonly aud: readonly string[];
  readonly exp: number;
  readonly iat: number;
  readonly iss: string;
  readonly jti: string;
  readonly 'kubernetes.io': {
    readonly namespace: string;
    readonly node?: NamedUid;
    readonly pod?: NamedUid;
    readonly secret?: NamedUid;
    readonly serviceaccount: NamedUid;
    readonly warnafter?: number;
  };
  readonly nbf: number;
  readonly sub: string;
}

/** What a token is made for. */
export interface TokenFor {
  readonly account: KubeObject;
  readonly audiences?: readonly string[];
  /** How long it holds. */
  readonly expirationSeconds: number;
  /** The object that it stops with. */
  readonly boundTo?: KubeObject;
}

/** What a token says, or why it says nothing. */
export type TokenAnswer =
  | { readonly user: UserInfo; readonly audiences: readonly string[] }
  | { readonly error: string };

export interface ServiceAccountTokenParts {
  store: Store;
  clock: Clock;
  random: Random;
  /** Nobody outside may know it where tokens have to be safe; the key is made from it and from the seed. */
  secret: string;
}

/** Makes and reads the tokens of service accounts (pkg/serviceaccount). */
export class ServiceAccountTokens {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #ids: RandomStream;
  readonly #key: Uint8Array;
  readonly #keyID: string;

  constructor({ store, clock, random, secret }: ServiceAccountTokenParts) {
    const stream = random.fork('service-account-tokens');
    this.#store = store;
    this.#clock = clock;
    this.#ids = stream;
    this.#keyID = hexDigits(stream, 40);
    this.#key = sha256(utf8ToBytes(`${this.#keyID}/${secret}`));
  }

  /** A new token. */
  issue(wanted: TokenFor): string {
    return signJwt(this.#claims(wanted), this.#key, this.#keyID);
  }

  /** The token that a kubelet puts into a pod; undefined when its service account is gone. */
  issueForPod(
    pod: Pod,
    { audiences, expirationSeconds = POD_TOKEN_SECONDS }: Partial<TokenFor> = {},
  ): string | undefined {
    const account = this.#get(serviceAccounts, pod.metadata.namespace ?? '', pod.spec.serviceAccountName ?? 'default');
    if (account === undefined) return undefined;
    return this.issue({ account, expirationSeconds, boundTo: pod, ...(audiences && { audiences }) });
  }

  /** Reads a token that is for one of the audiences (pkg/serviceaccount/{jwt,claims}.go). */
  authenticate(token: string, audiences: readonly string[] = [ISSUER]): TokenAnswer | undefined {
    if ((readJwt(token) as TokenClaims | undefined)?.iss !== ISSUER) return undefined;
    const claims = verifyJwt(token, this.#key) as TokenClaims | undefined;
    if (claims === undefined) return { error: 'go-jose/go-jose: error in cryptographic primitive' };
    const meant = claims.aud.filter((audience) => audiences.includes(audience));
    if (meant.length === 0) {
      const list = (words: readonly string[]) => `[${words.map((word) => JSON.stringify(word)).join(' ')}]`;
      return { error: `token audiences ${list(claims.aud)} is invalid for the target audiences ${list(audiences)}` };
    }
    const error = this.#expired(claims) ?? this.#unbound(claims);
    return error === undefined ? { user: userOf(claims), audiences: meant } : { error };
  }

  #claims({ account, audiences = [ISSUER], expirationSeconds, boundTo }: TokenFor): TokenClaims {
    const { name, namespace = '' } = account.metadata;
    const iat = Math.floor(this.#clock.now() / 1000);
    const extended = boundTo?.kind === 'Pod' && expirationSeconds === POD_TOKEN_SECONDS && audiences[0] === ISSUER;
    return {
      aud: audiences,
      exp: iat + (extended ? EXTENDED_SECONDS : expirationSeconds),
      iat,
      iss: ISSUER,
      jti: uuid(this.#ids),
      'kubernetes.io': {
        namespace,
        ...this.#boundClaims(boundTo),
        serviceaccount: named(account),
        ...(extended && { warnafter: iat + expirationSeconds }),
      },
      nbf: iat,
      sub: serviceAccountUsername(namespace, name),
    };
  }

  #boundClaims(boundTo: KubeObject | undefined): Partial<TokenClaims['kubernetes.io']> {
    if (boundTo === undefined) return {};
    if (boundTo.kind !== 'Pod') return { [boundTo.kind.toLowerCase()]: named(boundTo) };
    const node = this.#get(nodes, '', (boundTo as Pod).spec.nodeName ?? '');
    return { ...(node && { node: named(node) }), pod: named(boundTo) };
  }

  #expired({ exp, nbf }: TokenClaims): string | undefined {
    const now = this.#clock.now() / 1000;
    if (now > exp) return 'service account token has expired';
    return now < nbf ? 'service account token is not valid yet' : undefined;
  }

  /** What a token names has to be there still, as the same object. */
  #unbound({ 'kubernetes.io': named }: TokenClaims): string | undefined {
    const { namespace, serviceaccount, pod, secret, node } = named;
    return (
      this.#missing(serviceAccounts, namespace, serviceaccount) ??
      (pod && this.#missing(pods, namespace, pod)) ??
      (secret && this.#missing(secrets, namespace, secret)) ??
      (node && pod === undefined ? this.#missing(nodes, '', node) : undefined)
    );
  }

  #missing(kind: Kind, namespace: string, { name, uid }: NamedUid): string | undefined {
    const found = this.#get(kind, namespace, name);
    if (found === undefined) return `${kind.resource} "${name}" not found`;
    return found.metadata.uid === uid ? undefined : 'service account token has been invalidated';
  }

  #get(kind: Kind, namespace: string, name: string): KubeObject | undefined {
    return this.#store.get(kind.resource, namespace, name);
  }
}

function named({ metadata }: KubeObject): NamedUid {
  return { name: metadata.name, uid: metadata.uid ?? '' };
}

/** pkg/serviceaccount/util.go ServiceAccountInfo.UserInfo */
function userOf({ jti, 'kubernetes.io': { namespace, serviceaccount, pod, node } }: TokenClaims): UserInfo {
  return {
    name: serviceAccountUsername(namespace, serviceaccount.name),
    uid: serviceaccount.uid,
    groups: [...serviceAccountGroups(namespace), 'system:authenticated'],
    extra: {
      [`${AUTH}/credential-id`]: [`JTI=${jti}`],
      ...(node && { [`${AUTH}/node-name`]: [node.name], [`${AUTH}/node-uid`]: [node.uid] }),
      ...(pod && { [`${AUTH}/pod-name`]: [pod.name], [`${AUTH}/pod-uid`]: [pod.uid] }),
    },
  };
}
