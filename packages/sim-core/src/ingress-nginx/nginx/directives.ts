/**
 * What annotations and ConfigMap keys set, the request path executes and `print-conf.ts` prints. Members are named for
 * the nginx directive, or for the controller's Lua setting where nginx has no directive. Times are milliseconds, sizes
 * bytes; both are printed in nginx's units.
 */

/** Cases of `proxy_next_upstream` (ngx_http_upstream_module); only what can happen to a simulated pod. */
export interface NextUpstream {
  readonly error: boolean;
  readonly timeout: boolean;
  readonly invalidHeader: boolean;
  readonly nonIdempotent: boolean;
  /** Answers that count as failed: 403, 404, 429, 500, 502, 503, 504. */
  readonly statuses: readonly number[];
  /** As it was written, for printing. */
  readonly text: string;
}

/** `return code [text | URL]` (ngx_http_rewrite_module). */
export interface Return {
  readonly status: number;
  /** Target of a redirect. */
  readonly url?: string;
}

/** Valid in every `location`. */
export interface LocationDirectives {
  /** Lua `ssl_redirect`: 308 to https where the host has a certificate entry. */
  sslRedirect: boolean;
  /** Lua `force_ssl_redirect`: 308 to https, certificate or not. */
  forceSslRedirect: boolean;
  /** Lua `preserve_trailing_slash`: keep the slash at the end of the https redirect. */
  preserveTrailingSlash: boolean;
  /** `client_max_body_size`; 0 means no limit. */
  clientMaxBodySize: number;
  proxyConnectTimeout: number;
  proxySendTimeout: number;
  proxyReadTimeout: number;
  proxyNextUpstream: NextUpstream;
  /** 0 means no limit. */
  proxyNextUpstreamTimeout: number;
  /** 0 means no limit. */
  proxyNextUpstreamTries: number;
  /** `access_log off` when false. */
  accessLog: boolean;
  /** `return`: answers without asking anybody. */
  return?: Return;
  /** Reason of `return 503` in a denied location (an annotation that could not be honoured). */
  denied?: string;
}

/** Valid once per `server`. The first (oldest) Ingress that sets one wins. */
export interface ServerDirectives {
  /** Further names of the server. */
  serverAlias: readonly string[];
}

/** Which share of the requests goes to the alternative upstream, and who is sent there or kept away (Lua balancer). */
export interface TrafficShapingPolicy {
  /** Share out of `weightTotal`, as written. */
  weight: number;
  /** As written; the balancer uses it only above 100. */
  weightTotal: number;
  /** Header name, or '' for none. */
  header: string;
  headerValue: string;
  headerPattern: string;
  cookie: string;
}

/** Valid per upstream. The Ingress that creates the upstream sets them. */
export interface UpstreamDirectives {
  loadBalance: string;
}

/** Valid in `http`: one value for the whole proxy, from the controller's ConfigMap. */
export interface HttpDirectives {
  serverTokens: boolean;
  hsts: boolean;
  hstsMaxAge: number;
  hstsIncludeSubdomains: boolean;
  hstsPreload: boolean;
  httpRedirectCode: number;
  useForwardedHeaders: boolean;
  computeFullForwardedFor: boolean;
  forwardedForHeader: string;
  underscoresInHeaders: boolean;
  ignoreInvalidHeaders: boolean;
  proxyAddOriginalUriHeader: boolean;
  allowBackendServerHeader: boolean;
  generateRequestId: boolean;
  noTlsRedirectLocations: readonly string[];
  accessLogForDefaultBackend: boolean;
  disableAccessLog: boolean;
  /** Headers added to every answer (`add-headers`), flat. */
  addHeaders: readonly string[];
  /** Headers set on every request to a pod (`proxy-set-headers`), flat. */
  proxySetHeaders: readonly string[];
}

/** `error timeout`: what ingress-nginx retries by default (internal/ingress/controller/config/config.go). */
export const DEFAULT_NEXT_UPSTREAM: NextUpstream = Object.freeze({
  error: true,
  timeout: true,
  invalidHeader: false,
  nonIdempotent: false,
  statuses: Object.freeze([]),
  text: 'error timeout',
});

/** Takes `proxy_next_upstream`'s words apart; words that nginx does not know are left out. */
export function parseNextUpstream(text: string): NextUpstream {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const off = words.includes('off');
  const has = (word: string) => !off && words.includes(word);
  const statuses = words
    .filter((word) => /^http_(403|404|429|500|502|503|504)$/.test(word))
    .map((word) => Number(word.slice(5)));
  return Object.freeze({
    error: has('error'),
    timeout: has('timeout'),
    invalidHeader: has('invalid_header'),
    nonIdempotent: has('non_idempotent'),
    statuses: off ? [] : statuses,
    text: words.join(' '),
  });
}
