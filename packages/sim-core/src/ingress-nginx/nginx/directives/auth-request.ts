/** `auth_request` with its internal location (ngx_http_auth_request_module; template.go, buildAuthLocation). */
export interface AuthRequest {
  /** May hold variables. */
  readonly url: string;
  /** '' for GET. */
  readonly method: string;
  /** Names of headers that go from the answer to the pod. */
  readonly responseHeaders: readonly string[];
  /** Where to send who is not signed in, with the place to come back to; '' for nowhere. */
  readonly signin: string;
  /** `X-Auth-Request-Redirect`; '' for the URI of the request. */
  readonly requestRedirect: string;
  /** `proxy_set_header` of the auth request, flat; values may hold variables. */
  readonly proxySetHeaders: readonly string[];
  /** `add_header Set-Cookie … always`: the service's cookie goes out with errors, too. */
  readonly alwaysSetCookie: boolean;
  /** `proxy_cache_key`, with variables; '' for no cache. */
  readonly cacheKey: string;
  /** `proxy_cache_valid`, as written: `200 202 5m`. */
  readonly cacheValid: readonly string[];
}
