import type { Location } from './configuration.ts';
import type { HttpDirectives } from './directives.ts';
import { compileExpression, type Expression } from './expression.ts';
import { Passwords } from './passwords.ts';
import { compileDigestRealm, type DigestRealm } from './phases/auth-digest.ts';
import { parseCacheTime } from './proxy-cache.ts';

/** What a location asks of who wants in, ready made. */
export interface CompiledAccess {
  readonly passwords: Passwords | undefined;
  /** Users who prove that they know their password without sending it. */
  readonly digest: DigestRealm | undefined;
  readonly authRequest: CompiledAuthRequest | undefined;
  /** Where to send who is not signed in. */
  readonly signin: Expression | undefined;
}

/** An auth service, ready to be asked. */
export interface CompiledAuthRequest {
  readonly url: Expression;
  /** The URL's host without its port (authreq/main.go, Hostname). */
  readonly host: Expression;
  /** What is asked for where the URL has no path: the name of the location itself, which nginx proxies. */
  readonly path: string;
  readonly method: string;
  readonly responseHeaders: readonly string[];
  readonly requestRedirect: string;
  /** Flat; every other one is an expression. */
  readonly proxySetHeaders: readonly (readonly [name: string, value: Expression])[];
  /** Lower-case names of the client's headers that the service does not get as they came. */
  readonly replacedHeaders: ReadonlySet<string>;
  readonly alwaysSetCookie: boolean;
  readonly cacheKey: Expression | undefined;
  /** Seconds by status; status 0 stands for any. The first that fits counts. */
  readonly cacheValid: readonly (readonly [status: number, seconds: number])[];
}

const NOBODY_ASKED: CompiledAccess = Object.freeze({
  passwords: undefined,
  digest: undefined,
  authRequest: undefined,
  signin: undefined,
});

/** @param server host name of the server */
export function compileAccess(server: string, location: Location, http: HttpDirectives): CompiledAccess {
  // By the location's own path, not the request's (template.go, isLocationInLocationList).
  if (http.noAuthLocations.some((start) => location.path.startsWith(start))) return NOBODY_ASKED;
  const { authBasic, authRequest } = location.directives;
  return {
    passwords: authBasic?.type === 'basic' ? new Passwords(authBasic.users) : undefined,
    digest: authBasic?.type === 'digest' ? compileDigestRealm(authBasic.realm, authBasic.users) : undefined,
    authRequest: authRequest === undefined ? undefined : compileAuthRequest(server, location),
    signin: authRequest === undefined || authRequest.signin === '' ? undefined : compileExpression(authRequest.signin),
  };
}

/** Headers that the template sets for the auth service, and those of the client's body. */
const OWN_HEADERS: readonly string[] = Object.freeze([
  'content-length',
  'x-original-url',
  'x-original-method',
  'x-sent-from',
  'x-auth-request-redirect',
]);
const OWN_HEADERS_WITH_METHOD: readonly string[] = Object.freeze([...OWN_HEADERS, 'x-original-uri', 'x-scheme']);

function compileAuthRequest(server: string, location: Location): CompiledAuthRequest | undefined {
  const auth = location.directives.authRequest;
  if (auth === undefined) return undefined;
  const path = authPath(location);
  const headers = pairs(auth.proxySetHeaders);
  const own = auth.method === '' ? OWN_HEADERS : OWN_HEADERS_WITH_METHOD;
  return {
    url: compileExpression(auth.url),
    host: compileExpression(/^[^:]+:\/\/(\[[^\]]*\]|[^/:?#]*)/.exec(auth.url)?.[1] ?? ''),
    path,
    method: auth.method,
    responseHeaders: auth.responseHeaders,
    requestRedirect: auth.requestRedirect,
    proxySetHeaders: headers.map(([name, value]) => [name, compileExpression(value)]),
    replacedHeaders: new Set([...own, ...headers.map(([name]) => name.toLowerCase())]),
    alwaysSetCookie: auth.alwaysSetCookie,
    cacheKey: auth.cacheKey === '' ? undefined : compileExpression(`${server}${path}${auth.cacheKey}`),
    cacheValid: auth.cacheValid.flatMap(parseCacheTime),
  };
}

/** Name of the internal location that asks (template.go, buildAuthLocation). */
export function authPath({ path, modifier, ingressPathType }: Location): string {
  const bytes = new TextEncoder().encode(path);
  const encoded = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  const type = modifier === '=' ? 'Exact' : modifier === '' ? 'Prefix' : ingressPathType;
  return `/_external-auth-${encoded}-${type}`;
}

function pairs(flat: readonly string[]): [name: string, value: string][] {
  return flat.flatMap((name, i): [string, string][] => (i % 2 === 0 ? [[name, flat[i + 1] ?? '']] : []));
}
