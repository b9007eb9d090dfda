import type { Answer } from '../answer.ts';
import { expectedResponse, readCredentials } from '../digest/credentials.ts';
import type { RequestContext } from '../request-context.ts';
import { httpVariable } from '../variables.ts';

/** A digest realm with its users, read once. */
export interface DigestRealm {
  readonly realm: string;
  /** MD5 of `name:realm:password`, by `name:realm`. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** @param lines `name:realm:hash`, as htdigest writes them */
export function compileDigestRealm(realm: string, lines: readonly string[]): DigestRealm {
  const secrets = new Map<string, string>();
  for (const line of lines) {
    const [name = '', ofRealm = '', hash] = line.trim().split(':');
    if (hash !== undefined && !name.startsWith('#')) secrets.set(`${name}:${ofRealm}`, hash);
  }
  return { realm, secrets };
}

/** Undefined: the client proved who it is, and is told so in turn (ngx_http_auth_digest_handler). */
export function authDigest(context: RequestContext, { realm, secrets }: DigestRealm): Answer | undefined {
  const { request, running, remoteAddr } = context;
  const { digestNonces, clock, names } = running;
  const now = clock.requestNow();
  if (digestNonces.evades(remoteAddr, now)) return { status: 401, reason: 'unauthorized' };
  const credentials = readCredentials(httpVariable(request.headers, 'authorization', names) ?? '');
  if (credentials === undefined) return challenge(context, realm, false);
  const secret = credentials.realm === realm ? secrets.get(`${credentials.username}:${realm}`) : undefined;
  const isRight =
    secret !== undefined && expectedResponse(credentials, secret, request.method, request.url) === credentials.response;
  const isFresh = isRight && digestNonces.takes(credentials.nonce, Number.parseInt(credentials.nc || '0', 16), now);
  if (!isFresh) {
    digestNonces.failed(remoteAddr, now);
    return challenge(context, realm, isRight);
  }
  digestNonces.succeeded(remoteAddr);
  const { cnonce, nc } = credentials;
  const rspauth = expectedResponse(credentials, secret as string, '', request.url);
  context.authenticationInfo = `qop="auth", rspauth="${rspauth}", cnonce="${cnonce}", nc=${nc}`;
  return undefined;
}

/** @param stale the answer was right, but to a number that is used up: clients try again without asking the person */
function challenge({ running, hypothetical }: RequestContext, realm: string, stale: boolean): Answer {
  const nonce = running.newRequestId().slice(0, 16);
  if (!hypothetical) running.digestNonces.add(nonce, running.clock.requestNow());
  const value = `Digest algorithm="MD5", qop="auth", realm="${realm}", nonce="${nonce}"${stale ? ', stale="true"' : ''}`;
  return { status: 401, reason: 'unauthorized', headers: ['WWW-Authenticate', value] };
}
