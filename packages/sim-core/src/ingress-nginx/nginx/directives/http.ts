/** `log_format` (ngx_http_log_module). */
export interface LogFormat {
  /** With variables. */
  readonly text: string;
  readonly escape: 'default' | 'json' | 'none';
}

/** internal/ingress/controller/config/config.go, logFormatUpstream */
export const DEFAULT_LOG_FORMAT: LogFormat = Object.freeze({
  text:
    '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" ' +
    '$request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr ' +
    '$upstream_response_length $upstream_response_time $upstream_status $req_id',
  escape: 'default',
});

/** Valid in `http`: one value for the whole proxy, from the controller's ConfigMap. */
export interface HttpDirectives {
  /** `client_header_buffer_size`, `large_client_header_buffers`: what a request's head may take, in bytes. */
  clientHeaderBufferSize: number;
  largeClientHeaderBuffers: { readonly number: number; readonly size: number };
  /** `keepalive_timeout`, seconds; 0: connections are not kept. */
  keepAlive: number;
  /** `keepalive_requests`: how many a connection may bring. */
  keepAliveRequests: number;
  /** Port of `listen` for plain http (--http-port). */
  httpPort: number;
  /** Port of `listen … ssl` (--https-port). */
  httpsPort: number;
  /** Port of the built-in default backend, on 127.0.0.1 (--default-server-port). */
  defaultServerPort: number;
  /** Path of the health check on the default server and on the built-in default backend (--health-check-path). */
  healthCheckPath: string;
  /** `http2`: HTTP/2 is offered to clients that speak TLS. */
  http2: boolean;
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
  /** Beginnings of paths whose locations ask for no password and no service. */
  noAuthLocations: readonly string[];
  noTlsRedirectLocations: readonly string[];
  limitReqStatusCode: number;
  limitConnStatusCode: number;
  accessLogForDefaultBackend: boolean;
  disableAccessLog: boolean;
  /** Milliseconds between two pieces of a request's body. */
  clientBodyTimeout: number;
  /** Names of a pod's headers that no client gets (`proxy_hide_header`). */
  hideHeaders: readonly string[];
  /** Whether every request that failed may be sent again: `non_idempotent` in every `proxy_next_upstream`. */
  retryNonIdempotent: boolean;
  /** `keepalive` of the upstreams; 0: pods are told to close. */
  upstreamKeepaliveConnections: number;
  /** `real_ip_header` without what `useForwardedHeaders` does besides. */
  enableRealIp: boolean;
  /** `set_real_ip_from`: who may say for whom it asks. */
  proxyRealIpCidr: readonly string[];
  /** `deny`, where a location has no list of its own. */
  blockCidrs: readonly string[];
  /** Values of the header that are answered 403: as `map` takes them, exact or `~` with a regex. */
  blockUserAgents: readonly string[];
  blockReferers: readonly string[];
  /** What limits count by: `$binary_remote_addr`. */
  limitConnZoneVariable: string;
  /** `log_format upstreaminfo` */
  logFormat: LogFormat;
  /** URIs without a line in the access log, as `map` takes them. */
  skipAccessLogUrls: readonly string[];
  /** Ciphers of TLS 1.2, in OpenSSL's words. */
  sslCiphers: string;
  sslPreferServerCiphers: boolean;
  /** Headers added to every answer (`add-headers`), flat. */
  addHeaders: readonly string[];
  /** Headers set on every request to a pod (`proxy-set-headers`), flat. */
  proxySetHeaders: readonly string[];
}
