import type { LocationDirectives, UpstreamDirectives } from '../nginx/directives.ts';
import type { IngressDirectives } from './define-annotation.ts';
import { DEFAULT_CACHE_DURATIONS } from './parsers/auth-request.ts';

/** What the ConfigMap sets for Ingresses that say nothing of it. */
export interface AnnotationDefaults {
  readonly location: LocationDirectives;
  readonly upstream: UpstreamDirectives;
  readonly controller: { readonly disableInterceptErrors: boolean };
}

/** What holds for an Ingress without annotations. */
export function newDirectives({ location, upstream, controller }: AnnotationDefaults): IngressDirectives {
  return {
    location: { ...location },
    upstream: { ...upstream },
    canary: false,
    policy: { weight: 0, weightTotal: 100, header: '', headerValue: '', headerPattern: '', cookie: '' },
    serverAlias: [],
    rewriteTarget: '',
    useRegex: false,
    xForwardedPrefix: '',
    appRoot: '',
    fromToWww: false,
    defaultBackend: '',
    disableInterceptErrors: controller.disableInterceptErrors,
    ownHttpErrors: false,
    customHeaders: '',
    redirect: { permanent: '', permanentCode: 301, temporal: '', temporalCode: 302 },
    cors: { enabled: false, ...CORS },
    auth: { type: '', secret: '', secretType: 'auth-file', realm: '' },
    limit: { rps: 0, rpm: 0, connections: 0, burstMultiplier: 5, allowlist: [] },
    affinity: { type: '', mode: 'balanced', canaryBehavior: 'sticky', cookie: { ...COOKIE } },
    authRequest: { ...AUTH_REQUEST },
    authTls: { ...AUTH_TLS },
    proxySsl: { ...PROXY_SSL },
    fastcgiParamsFrom: '',
    sslPassthrough: false,
    sslCiphers: '',
    mirror: { target: '', host: '', requestBody: true },
    opentelemetry: { operationName: '' },
  };
}

/** internal/ingress/annotations/authtls/main.go */
const AUTH_TLS = Object.freeze({
  secret: '',
  verifyClient: 'on' as const,
  verifyDepth: 1,
  errorPage: '',
  passCertificate: false,
  matchCn: '',
});

/** internal/ingress/annotations/proxyssl/main.go */
const PROXY_SSL = Object.freeze({
  secret: '',
  ciphers: 'DEFAULT',
  protocols: 'TLSv1.2',
  name: '',
  verify: 'off' as const,
  verifyDepth: 1,
  serverName: 'off' as const,
});

/** internal/ingress/annotations/authreq/main.go */
const AUTH_REQUEST = Object.freeze({
  url: '',
  method: '',
  responseHeaders: [],
  signin: '',
  redirectParam: 'rd',
  requestRedirect: '',
  headersFrom: '',
  proxySetHeaders: [],
  alwaysSetCookie: false,
  cacheKey: '',
  cacheValid: DEFAULT_CACHE_DURATIONS,
  global: true,
});

/** internal/ingress/annotations/cors/main.go */
const CORS = Object.freeze({
  allowOrigin: ['*'],
  allowMethods: 'GET, PUT, POST, DELETE, PATCH, OPTIONS',
  allowHeaders:
    'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization',
  allowCredentials: true,
  exposeHeaders: '',
  maxAge: 1_728_000,
});

/** internal/ingress/annotations/sessionaffinity/main.go */
const COOKIE = Object.freeze({
  name: 'INGRESSCOOKIE',
  expires: '',
  maxAge: '',
  path: '',
  domain: '',
  sameSite: '',
  conditionalSameSiteNone: false,
  secure: undefined,
  changeOnFailure: false,
});
