import { InvalidValue } from '../annotations/define-annotation.ts';
import {
  parseBool,
  parseInteger,
  parseNetworks,
  parseOffset,
  parseSeconds,
  parseSize,
} from '../annotations/parsers.ts';
import { DEFAULT_UPSTREAM } from '../nginx/configuration.ts';
import {
  DEFAULT_NEXT_UPSTREAM,
  DEFAULT_UPSTREAM_DIRECTIVES,
  type HttpDirectives,
  type LocationDirectives,
  parseNextUpstream,
  type UpstreamDirectives,
} from '../nginx/directives.ts';
import { type ConfigMapKey, key } from './define-key.ts';
import { finishGlobalAuth, GLOBAL_AUTH_KEYS, type GlobalAuth, newGlobalAuth } from './global-auth.ts';

export type { ConfigMapKey } from './define-key.ts';

/** What the ConfigMap sets: for the whole proxy, and for locations where no annotation says otherwise. */
export interface GlobalDirectives {
  readonly http: HttpDirectives;
  readonly location: LocationDirectives;
  readonly upstream: UpstreamDirectives;
  readonly controller: ControllerSettings;
  /** In `location` too, once all is read. */
  readonly globalAuth: GlobalAuth;
}

/** What the ConfigMap sets for the controller itself. */
export interface ControllerSettings {
  /** Headers that `custom-headers` may set. */
  allowedResponseHeaders: ReadonlySet<string>;
  /** Whether annotations may name objects of other namespaces. */
  allowCrossNamespaceResources: boolean;
  /** Whether pods' own error answers are left alone. */
  disableInterceptErrors: boolean;
  /** Highest risk of annotations that is let in. */
  annotationsRiskLevel: 'Low' | 'Medium' | 'High' | 'Critical';
  /** ConfigMap (`namespace/name`) whose data are headers of every answer; '' for none. */
  addHeaders: string;
  /** The same for every request to a pod. */
  proxySetHeaders: string;
  /** Whether the admission webhook lets snippets in. */
  allowSnippetAnnotations: boolean;
  /** Words that no value of an annotation may hold; as they stand between the commas. */
  annotationValueWordBlocklist: readonly string[];
  /** Whether paths with signs that mean something in a regex must be ImplementationSpecific. */
  strictValidatePathType: boolean;
}

const text = (value: string) => value;
const words = (value: string) =>
  value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
const redirectCode = (value: string) => {
  const code = parseInteger(value);
  return typeof code === 'number' && [301, 302, 307, 308].includes(code)
    ? code
    : new InvalidValue('not a redirect code');
};

const statusCode = (value: string) => {
  const code = parseInteger(value);
  return typeof code === 'number' && code >= 400 && code <= 599 ? code : new InvalidValue('not an error status');
};
const buffers = (value: string) => {
  const [, number, size = ''] = /^(\d+) +(\w+)$/.exec(value.trim()) ?? [];
  const bytes = parseSize(size);
  return number !== undefined && typeof bytes === 'number'
    ? { number: Number(number), size: bytes }
    : new InvalidValue('not a number of buffers and their size');
};
const statuses = (value: string) =>
  /^\d{3}(, *\d{3})*$/.test(value) ? value.split(',').map(Number) : new InvalidValue('not a list of statuses');
const risk = (value: string) =>
  RISKS.find((each) => each === value) ?? new InvalidValue('not a risk: Low, Medium, High or Critical');
const RISKS = Object.freeze(['Low', 'Medium', 'High', 'Critical'] as const);

/** Keys that act, in the order of their names (internal/ingress/controller/config/config.go). */
export const CONFIG_MAP_KEYS: readonly ConfigMapKey[] = Object.freeze([
  key('add-headers', text, (value, { controller }) => {
    controller.addHeaders = value;
  }),
  key('allow-backend-server-header', parseBool, (value, { http }) => {
    http.allowBackendServerHeader = value;
  }),
  key('allow-cross-namespace-resources', parseBool, (value, { controller }) => {
    controller.allowCrossNamespaceResources = value;
  }),
  key('allow-snippet-annotations', parseBool, (value, { controller }) => {
    controller.allowSnippetAnnotations = value;
  }),
  key('annotation-value-word-blocklist', text, (value, { controller }) => {
    controller.annotationValueWordBlocklist = value === '' ? [] : value.split(',');
  }),
  key('annotations-risk-level', risk, (value, { controller }) => {
    controller.annotationsRiskLevel = value;
  }),
  key('client-body-timeout', parseSeconds, (value, { http }) => {
    http.clientBodyTimeout = value;
  }),
  key('client-header-buffer-size', parseSize, (value, { http }) => {
    http.clientHeaderBufferSize = value;
  }),
  key('compute-full-forwarded-for', parseBool, (value, { http }) => {
    http.computeFullForwardedFor = value;
  }),
  key('custom-http-errors', statuses, (value, { location }) => {
    location.customHttpErrors = value;
  }),
  key('denylist-source-range', parseNetworks, (value, { location }) => {
    location.deny = value;
  }),
  key('disable-access-log', parseBool, (value, { http }) => {
    http.disableAccessLog = value;
  }),
  key('disable-proxy-intercept-errors', parseBool, (value, { controller }) => {
    controller.disableInterceptErrors = value;
  }),
  key('enable-access-log-for-default-backend', parseBool, (value, { http }) => {
    http.accessLogForDefaultBackend = value;
  }),
  key('enable-opentelemetry', parseBool, (value, { location }) => {
    location.opentelemetry = { ...location.opentelemetry, enabled: value };
  }),
  key('enable-underscores-in-headers', parseBool, (value, { http }) => {
    http.underscoresInHeaders = value;
  }),
  key('force-ssl-redirect', parseBool, (value, { location }) => {
    location.forceSslRedirect = value;
  }),
  key('forwarded-for-header', text, (value, { http }) => {
    http.forwardedForHeader = value;
  }),
  key('generate-request-id', parseBool, (value, { http }) => {
    http.generateRequestId = value;
  }),
  key('global-allowed-response-headers', words, (value, { controller }) => {
    controller.allowedResponseHeaders = new Set(value);
  }),
  ...GLOBAL_AUTH_KEYS,
  key('hsts', parseBool, (value, { http }) => {
    http.hsts = value;
  }),
  key('hsts-include-subdomains', parseBool, (value, { http }) => {
    http.hstsIncludeSubdomains = value;
  }),
  key('hsts-max-age', parseInteger, (value, { http }) => {
    http.hstsMaxAge = value;
  }),
  key('hsts-preload', parseBool, (value, { http }) => {
    http.hstsPreload = value;
  }),
  key('http-redirect-code', redirectCode, (value, { http }) => {
    http.httpRedirectCode = value;
  }),
  key('keep-alive', parseInteger, (value, { http }) => {
    http.keepAlive = value;
  }),
  key('keep-alive-requests', parseInteger, (value, { http }) => {
    http.keepAliveRequests = value;
  }),
  key('large-client-header-buffers', buffers, (value, { http }) => {
    http.largeClientHeaderBuffers = value;
  }),
  key('limit-conn-status-code', statusCode, (value, { http }) => {
    http.limitConnStatusCode = value;
  }),
  key('limit-req-status-code', statusCode, (value, { http }) => {
    http.limitReqStatusCode = value;
  }),
  key('no-auth-locations', words, (value, { http }) => {
    http.noAuthLocations = value;
  }),
  key('no-tls-redirect-locations', words, (value, { http }) => {
    http.noTlsRedirectLocations = value;
  }),
  key('opentelemetry-trust-incoming-span', parseBool, (value, { location }) => {
    location.opentelemetry = { ...location.opentelemetry, trustIncomingSpans: value };
  }),
  key('proxy-add-original-uri-header', parseBool, (value, { http }) => {
    http.proxyAddOriginalUriHeader = value;
  }),
  key('proxy-body-size', parseOffset, (value, { location }) => {
    location.clientMaxBodySize = Number.isNaN(value) ? 1024 ** 2 : value;
  }),
  key('proxy-connect-timeout', parseSeconds, (value, { location }) => {
    location.proxyConnectTimeout = value;
  }),
  key('proxy-next-upstream', parseNextUpstream, (value, { location }) => {
    location.proxyNextUpstream = value;
  }),
  key('proxy-next-upstream-timeout', parseSeconds, (value, { location }) => {
    location.proxyNextUpstreamTimeout = value;
  }),
  key('proxy-next-upstream-tries', parseInteger, (value, { location }) => {
    location.proxyNextUpstreamTries = value;
  }),
  key('proxy-read-timeout', parseSeconds, (value, { location }) => {
    location.proxyReadTimeout = value;
  }),
  key('proxy-send-timeout', parseSeconds, (value, { location }) => {
    location.proxySendTimeout = value;
  }),
  key('proxy-set-headers', text, (value, { controller }) => {
    controller.proxySetHeaders = value;
  }),
  key('server-tokens', parseBool, (value, { http }) => {
    http.serverTokens = value;
  }),
  key('ssl-ciphers', text, (value, { http }) => {
    http.sslCiphers = value;
  }),
  key('ssl-prefer-server-ciphers', parseBool, (value, { http }) => {
    http.sslPreferServerCiphers = value;
  }),
  key('ssl-redirect', parseBool, (value, { location }) => {
    location.sslRedirect = value;
  }),
  key('strict-validate-path-type', parseBool, (value, { controller }) => {
    controller.strictValidatePathType = value;
  }),
  key('use-forwarded-headers', parseBool, (value, { http }) => {
    http.useForwardedHeaders = value;
  }),
  key('use-http2', parseBool, (value, { http }) => {
    http.http2 = value;
  }),
  key('whitelist-source-range', parseNetworks, (value, { location }) => {
    location.allow = value;
  }),
]);

/** Reads the ConfigMap's data over the defaults of the release. */
export function readConfigMap(data: Readonly<Record<string, string>>): GlobalDirectives {
  const directives = defaults();
  for (const each of CONFIG_MAP_KEYS) {
    const value = data[each.name];
    if (value === undefined) continue;
    const parsed: unknown = each.parse(value.trim());
    if (!(parsed instanceof InvalidValue)) each.apply(parsed, directives);
  }
  const { location, controller } = directives;
  location.interceptErrors = location.customHttpErrors.length > 0 && !controller.disableInterceptErrors;
  const authRequest = finishGlobalAuth(directives.globalAuth);
  if (authRequest !== undefined) directives.location.authRequest = authRequest;
  return directives;
}

/** Ciphers of config.go (sslCiphers), from Mozilla's intermediate profile. */
const SSL_CIPHERS = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'DHE-RSA-AES128-GCM-SHA256',
  'DHE-RSA-AES256-GCM-SHA384',
].join(':');

/** NewDefault of config.go. */
function defaults(): GlobalDirectives {
  return {
    http: {
      httpPort: 80,
      httpsPort: 443,
      serverTokens: false,
      hsts: true,
      hstsMaxAge: 31_536_000,
      hstsIncludeSubdomains: true,
      hstsPreload: false,
      clientHeaderBufferSize: 1024,
      keepAlive: 75,
      keepAliveRequests: 1000,
      http2: true,
      largeClientHeaderBuffers: { number: 4, size: 8192 },
      httpRedirectCode: 308,
      useForwardedHeaders: false,
      computeFullForwardedFor: false,
      forwardedForHeader: 'X-Forwarded-For',
      underscoresInHeaders: false,
      ignoreInvalidHeaders: true,
      proxyAddOriginalUriHeader: false,
      allowBackendServerHeader: false,
      generateRequestId: true,
      noAuthLocations: ['/.well-known/acme-challenge'],
      noTlsRedirectLocations: ['/.well-known/acme-challenge'],
      limitReqStatusCode: 503,
      limitConnStatusCode: 503,
      accessLogForDefaultBackend: false,
      disableAccessLog: false,
      clientBodyTimeout: 60_000,
      sslCiphers: SSL_CIPHERS,
      sslPreferServerCiphers: true,
      addHeaders: [],
      proxySetHeaders: [],
    },
    location: {
      sslRedirect: true,
      forceSslRedirect: false,
      preserveTrailingSlash: false,
      clientMaxBodySize: 1024 * 1024,
      proxyConnectTimeout: 5000,
      proxySendTimeout: 60_000,
      proxyReadTimeout: 60_000,
      proxyNextUpstream: DEFAULT_NEXT_UPSTREAM,
      proxyNextUpstreamTimeout: 0,
      proxyNextUpstreamTries: 3,
      proxyBuffering: false,
      proxyBufferSize: 4096,
      proxyBuffersNumber: 4,
      proxyMaxTempFileSize: 1024 ** 3,
      proxyRequestBuffering: true,
      clientBodyBufferSize: 8192,
      proxyHttpVersion: '1.1',
      proxyCookieDomain: 'off',
      proxyCookiePath: 'off',
      proxyRedirectFrom: 'off',
      proxyRedirectTo: 'off',
      limitRate: 0,
      limitRateAfter: 0,
      absoluteRedirect: true,
      portInRedirect: false,
      accessLog: true,
      rewriteLog: false,
      http2PushPreload: false,
      modsecurity: { enabled: false, owaspRules: false, transactionId: '' },
      opentelemetry: { enabled: false, operationName: '', trustIncomingSpans: true },
      backendProtocol: 'HTTP',
      upstreamVhost: '',
      connectionHeader: '',
      deny: [],
      allow: [],
      satisfy: 'all',
      limitReq: [],
      limitAllowlist: [],
      customHttpErrors: [],
      interceptErrors: false,
      errorBackend: DEFAULT_UPSTREAM,
      customHeaders: [],
    },
    upstream: { ...DEFAULT_UPSTREAM_DIRECTIVES },
    controller: {
      allowedResponseHeaders: new Set(),
      allowCrossNamespaceResources: false,
      disableInterceptErrors: false,
      annotationsRiskLevel: 'High',
      addHeaders: '',
      proxySetHeaders: '',
      allowSnippetAnnotations: false,
      annotationValueWordBlocklist: [],
      strictValidatePathType: true,
    },
    globalAuth: newGlobalAuth(),
  };
}
