/**
 * What annotations and ConfigMap keys set, the request path executes and `print-conf.ts` prints. Members are named for
 * the nginx directive, or for the controller's Lua setting where nginx has no directive. Times are milliseconds, sizes
 * bytes; both are printed in nginx's units.
 */

import type { AuthRequest } from './directives/auth-request.ts';
import type { ClientVerification } from './directives/client-verification.ts';
import type { NextUpstream } from './directives/next-upstream.ts';
import type { ProxySsl } from './directives/proxy-ssl.ts';

export { DEFAULT_LOG_FORMAT, type HttpDirectives, type LogFormat } from './directives/http.ts';
export { DEFAULT_NEXT_UPSTREAM, parseNextUpstream } from './directives/next-upstream.ts';
export {
  DEFAULT_UPSTREAM_DIRECTIVES,
  type SessionAffinity,
  type SessionCookie,
  type TrafficShapingPolicy,
  type UpstreamDirectives,
} from './directives/upstream.ts';
export type { AuthRequest, ClientVerification, NextUpstream, ProxySsl };

/** `return code [text | URL]` (ngx_http_rewrite_module). */
export interface Return {
  readonly status: number;
  /** Target of a redirect. */
  readonly url?: string;
}

/** `rewrite regex replacement break` (ngx_http_rewrite_module). */
export interface Rewrite {
  readonly regex: string;
  /** May hold `$1` and other variables. */
  readonly replacement: string;
}

/** What the template makes of the cors annotations: `if` blocks with `more_set_headers`. */
export interface Cors {
  /** `*` alone, or origins, each with at most one `*` for a label. */
  readonly allowOrigin: readonly string[];
  readonly allowMethods: string;
  readonly allowHeaders: string;
  readonly allowCredentials: boolean;
  /** '' for none. */
  readonly exposeHeaders: string;
  /** Seconds. */
  readonly maxAge: number;
}

/** `auth_basic` and `auth_basic_user_file` (ngx_http_auth_basic_module). */
export interface AuthBasic {
  /** `digest`: `auth_digest` and `auth_digest_user_file` (ngx_http_auth_digest_module). */
  readonly type: 'basic' | 'digest';
  readonly realm: string;
  /** Lines of the file: `name:hash`, for digest `name:realm:hash`. */
  readonly users: readonly string[];
}

/** `limit_req` (ngx_http_limit_req_module); always `nodelay`. */
export interface LimitReq {
  /** Zones are shared by all locations of an Ingress. */
  readonly zone: string;
  readonly limit: number;
  readonly per: 'second' | 'minute';
  readonly burst: number;
}

/** `limit_conn` (ngx_http_limit_conn_module). */
export interface LimitConn {
  readonly zone: string;
  readonly connections: number;
}

/** `mirror` with its internal location (ngx_http_mirror_module). */
export interface Mirror {
  /** May hold variables. */
  readonly target: string;
  readonly host: string;
  readonly requestBody: boolean;
}

/** `modsecurity on` and what belongs to it; without effect here. */
export interface Modsecurity {
  readonly enabled: boolean;
  readonly owaspRules: boolean;
  /** Variable; '' for none. */
  readonly transactionId: string;
}

/** `opentelemetry on` with `opentelemetry_propagate` (opentelemetry-cpp-contrib, otel_ngx_module). */
export interface Opentelemetry {
  readonly enabled: boolean;
  /** '' for the location's. */
  readonly operationName: string;
  readonly trustIncomingSpans: boolean;
}

/** What the pod speaks: `proxy_pass http://`, `https://`, `grpc_pass` and so on. */
export type BackendProtocol = 'HTTP' | 'HTTPS' | 'AUTO_HTTP' | 'GRPC' | 'GRPCS' | 'FCGI';

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
  /** `proxy_buffering`: an answer is taken off its pod as fast as that sends, however slow the client reads. */
  proxyBuffering: boolean;
  /** `proxy_buffer_size`: the head of an answer must fit in. NaN for what nginx cannot read. */
  proxyBufferSize: number;
  /** Number of `proxy_buffers`, each as large as `proxyBufferSize`. */
  proxyBuffersNumber: number;
  /** NaN for what nginx cannot read. */
  proxyBusyBuffersSize?: number;
  /** 0 means no file. */
  proxyMaxTempFileSize: number;
  /** Whether the whole body of a request is read before a pod is asked. */
  proxyRequestBuffering: boolean;
  clientBodyBufferSize: number;
  proxyHttpVersion: '1.0' | '1.1';
  /** Parameters of `proxy_cookie_domain` as written; `off` for none. */
  proxyCookieDomain: string;
  proxyCookiePath: string;
  /** First parameter of `proxy_redirect`; `off` or `default` for nothing that could happen here. */
  proxyRedirectFrom: string;
  /** Second parameter of `proxy_redirect`; `off` for none. */
  proxyRedirectTo: string;
  /** Bytes a second; 0 means no limit. */
  limitRate: number;
  /** Bytes that go before `limitRate` counts. */
  limitRateAfter: number;
  /** `absolute_redirect`: whether redirects of nginx itself name scheme and host. */
  absoluteRedirect: boolean;
  /** `port_in_redirect`, and Lua `use_port_in_redirects`: whether redirects name the port. */
  portInRedirect: boolean;
  /** `access_log off` when false. */
  accessLog: boolean;
  /** `rewrite_log` */
  rewriteLog: boolean;
  /** `http2_push_preload`, which nginx ignores. */
  http2PushPreload: boolean;
  modsecurity: Modsecurity;
  opentelemetry: Opentelemetry;
  backendProtocol: BackendProtocol;
  proxySsl?: ProxySsl;
  /** `fastcgi_index`; '' for none. */
  fastcgiIndex: string;
  /** `fastcgi_param`, flat; values may hold variables. */
  fastcgiParams: readonly string[];
  /** `proxy_set_header Host`, with variables; '' for the client's. */
  upstreamVhost: string;
  /** `proxy_set_header Connection`; '' for what the client's Upgrade asks for. */
  connectionHeader: string;
  /** `proxy_set_header X-Forwarded-Prefix`; set only together with `rewrite`. */
  xForwardedPrefix?: string;
  rewrite?: Rewrite;
  cors?: Cors;
  /** `deny`: addresses and networks that are kept out. */
  deny: readonly string[];
  /** `allow`, with `deny all` behind it; none lets everybody in. */
  allow: readonly string[];
  authBasic?: AuthBasic;
  authRequest?: AuthRequest;
  /** Whether the list of addresses and the password must both let in, or one of them. */
  satisfy: 'all' | 'any';
  limitReq: readonly LimitReq[];
  limitConn?: LimitConn;
  /** Clients that no limit counts. */
  limitAllowlist: readonly string[];
  mirror?: Mirror;
  /** `error_page`: statuses that another upstream answers for. */
  customHttpErrors: readonly number[];
  /** `proxy_intercept_errors`: whether a pod's own error answers count, too. */
  interceptErrors: boolean;
  /** Name of the upstream that answers for `customHttpErrors`. */
  errorBackend: string;
  /** `more_set_headers`: headers of every answer, flat. */
  customHeaders: readonly string[];
  /** `return`: answers without asking anybody. */
  return?: Return;
  /** Reason of `return 503` in a denied location (an annotation that could not be honoured). */
  denied?: string;
}

/** Valid once per `server`. The first (oldest) Ingress that sets one wins. */
export interface ServerDirectives {
  /** Further names of the server. */
  serverAlias: readonly string[];
  /** `if ($uri = /) { return 302 …; }`: path to which the root is sent; '' for none. */
  appRoot: string;
  clientVerification?: ClientVerification;
  /** `if ($ssl_client_s_dn !~ …) { return 403 …; }`: regex for the subject of the client's certificate; '' for none. */
  clientNamePattern: string;
  /** Why `return 403` stands for the whole server: the authorities for clients could not be read; '' for no reason. */
  clientVerificationError: string;
  /** What locations without `proxy_ssl_…` of their own inherit. */
  proxySsl?: ProxySsl;
  /** `ssl_ciphers`; '' for those of `http`. */
  sslCiphers: string;
  /** `ssl_prefer_server_ciphers`; nothing for that of `http`. */
  sslPreferServerCiphers?: boolean;
  /** Host to which everything is sent, between `www.` and the name without it; '' on servers of their own. */
  redirectTo: string;
}
