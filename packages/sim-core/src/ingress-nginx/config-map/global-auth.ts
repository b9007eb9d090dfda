import {
  DEFAULT_CACHE_DURATIONS,
  isHeaderName,
  parseCacheDurations,
  parseMethod,
  parseServiceUrl,
  signinUrl,
  splitList,
} from '../annotations/parsers/auth-request.ts';
import { parseBool } from '../annotations/parsers.ts';
import type { AuthRequest } from '../nginx/directives.ts';
import { type ConfigMapKey, key } from './define-key.ts';

/** The service that all locations ask which name none of their own; gathered key by key. */
export type GlobalAuth = { -readonly [K in keyof AuthRequest]: AuthRequest[K] } & { redirectParam: string };

export function newGlobalAuth(): GlobalAuth {
  return {
    url: '',
    method: '',
    responseHeaders: [],
    signin: '',
    redirectParam: 'rd',
    requestRedirect: '',
    proxySetHeaders: [],
    alwaysSetCookie: false,
    cacheKey: '',
    cacheValid: DEFAULT_CACHE_DURATIONS,
  };
}

/** Undefined without a URL. */
export function finishGlobalAuth({ redirectParam, ...auth }: GlobalAuth): AuthRequest | undefined {
  return auth.url === '' ? undefined : { ...auth, signin: signinUrl(auth.signin, redirectParam) };
}

const text = (value: string) => value;

/** internal/ingress/controller/template/configmap.go, globalAuth… */
export const GLOBAL_AUTH_KEYS: readonly ConfigMapKey[] = Object.freeze([
  key('global-auth-always-set-cookie', parseBool, (value, { globalAuth }) => {
    globalAuth.alwaysSetCookie = value;
  }),
  key('global-auth-cache-duration', parseCacheDurations, (value, { globalAuth }) => {
    globalAuth.cacheValid = value;
  }),
  key('global-auth-cache-key', text, (value, { globalAuth }) => {
    globalAuth.cacheKey = value;
  }),
  key('global-auth-method', parseMethod, (value, { globalAuth }) => {
    globalAuth.method = value;
  }),
  key('global-auth-request-redirect', text, (value, { globalAuth }) => {
    globalAuth.requestRedirect = value;
  }),
  key('global-auth-response-headers', splitList, (value, { globalAuth }) => {
    globalAuth.responseHeaders = value.filter(isHeaderName);
  }),
  key('global-auth-signin', parseServiceUrl, (value, { globalAuth }) => {
    globalAuth.signin = value;
  }),
  key('global-auth-signin-redirect-param', text, (value, { globalAuth }) => {
    globalAuth.redirectParam = value;
  }),
  key('global-auth-url', parseServiceUrl, (value, { globalAuth }) => {
    globalAuth.url = value;
  }),
]);
