import { affinity } from './affinity/affinity.ts';
import { affinityCanaryBehavior } from './affinity/affinity-canary-behavior.ts';
import { affinityMode } from './affinity/affinity-mode.ts';
import { sessionCookieChangeOnFailure } from './affinity/session-cookie-change-on-failure.ts';
import { sessionCookieConditionalSamesiteNone } from './affinity/session-cookie-conditional-samesite-none.ts';
import { sessionCookieDomain } from './affinity/session-cookie-domain.ts';
import { sessionCookieExpires } from './affinity/session-cookie-expires.ts';
import { sessionCookieMaxAge } from './affinity/session-cookie-max-age.ts';
import { sessionCookieName } from './affinity/session-cookie-name.ts';
import { sessionCookiePath } from './affinity/session-cookie-path.ts';
import { sessionCookieSamesite } from './affinity/session-cookie-samesite.ts';
import { sessionCookieSecure } from './affinity/session-cookie-secure.ts';
import { allowlistSourceRange } from './allowlist-source-range.ts';
import { appRoot } from './app-root.ts';
import { authRealm } from './auth/auth-realm.ts';
import { authSecret } from './auth/auth-secret.ts';
import { authSecretType } from './auth/auth-secret-type.ts';
import { authType } from './auth/auth-type.ts';
import { satisfy } from './auth/satisfy.ts';
import { authAlwaysSetCookie } from './auth-request/auth-always-set-cookie.ts';
import { authCacheDuration } from './auth-request/auth-cache-duration.ts';
import { authCacheKey } from './auth-request/auth-cache-key.ts';
import { authKeepalive } from './auth-request/auth-keepalive.ts';
import { authKeepaliveRequests } from './auth-request/auth-keepalive-requests.ts';
import { authKeepaliveShareVars } from './auth-request/auth-keepalive-share-vars.ts';
import { authKeepaliveTimeout } from './auth-request/auth-keepalive-timeout.ts';
import { authMethod } from './auth-request/auth-method.ts';
import { authProxySetHeaders } from './auth-request/auth-proxy-set-headers.ts';
import { authRequestRedirect } from './auth-request/auth-request-redirect.ts';
import { authResponseHeaders } from './auth-request/auth-response-headers.ts';
import { authSignin } from './auth-request/auth-signin.ts';
import { authSigninRedirectParam } from './auth-request/auth-signin-redirect-param.ts';
import { authUrl } from './auth-request/auth-url.ts';
import { enableGlobalAuth } from './auth-request/enable-global-auth.ts';
import { authTlsErrorPage } from './auth-tls/auth-tls-error-page.ts';
import { authTlsMatchCn } from './auth-tls/auth-tls-match-cn.ts';
import { authTlsPassCertificateToUpstream } from './auth-tls/auth-tls-pass-certificate-to-upstream.ts';
import { authTlsSecret } from './auth-tls/auth-tls-secret.ts';
import { authTlsVerifyClient } from './auth-tls/auth-tls-verify-client.ts';
import { authTlsVerifyDepth } from './auth-tls/auth-tls-verify-depth.ts';
import { backendProtocol } from './backend-protocol.ts';
import { canary } from './canary/canary.ts';
import { canaryByCookie } from './canary/canary-by-cookie.ts';
import { canaryByHeader } from './canary/canary-by-header.ts';
import { canaryByHeaderPattern } from './canary/canary-by-header-pattern.ts';
import { canaryByHeaderValue } from './canary/canary-by-header-value.ts';
import { canaryWeight } from './canary/canary-weight.ts';
import { canaryWeightTotal } from './canary/canary-weight-total.ts';
import { clientBodyBufferSize } from './client-body-buffer-size.ts';
import { connectionProxyHeader } from './connection-proxy-header.ts';
import { corsAllowCredentials } from './cors/cors-allow-credentials.ts';
import { corsAllowHeaders } from './cors/cors-allow-headers.ts';
import { corsAllowMethods } from './cors/cors-allow-methods.ts';
import { corsAllowOrigin } from './cors/cors-allow-origin.ts';
import { corsExposeHeaders } from './cors/cors-expose-headers.ts';
import { corsMaxAge } from './cors/cors-max-age.ts';
import { enableCors } from './cors/enable-cors.ts';
import { customHeaders } from './custom-headers.ts';
import { customHttpErrors } from './custom-http-errors.ts';
import { defaultBackend } from './default-backend.ts';
import type { Annotation } from './define-annotation.ts';
import { denylistSourceRange } from './denylist-source-range.ts';
import { disableProxyInterceptErrors } from './disable-proxy-intercept-errors.ts';
import { fastcgiIndex } from './fastcgi/fastcgi-index.ts';
import { fastcgiParamsConfigmap } from './fastcgi/fastcgi-params-configmap.ts';
import { forceSslRedirect } from './force-ssl-redirect.ts';
import { http2PushPreload } from './http2-push-preload.ts';
import { limitAllowlist } from './limit/limit-allowlist.ts';
import { limitBurstMultiplier } from './limit/limit-burst-multiplier.ts';
import { limitConnections } from './limit/limit-connections.ts';
import { limitRate } from './limit/limit-rate.ts';
import { limitRateAfter } from './limit/limit-rate-after.ts';
import { limitRpm } from './limit/limit-rpm.ts';
import { limitRps } from './limit/limit-rps.ts';
import { loadBalance } from './load-balance.ts';
import { enableAccessLog } from './log/enable-access-log.ts';
import { enableRewriteLog } from './log/enable-rewrite-log.ts';
import { mirrorHost } from './mirror/mirror-host.ts';
import { mirrorRequestBody } from './mirror/mirror-request-body.ts';
import { mirrorTarget } from './mirror/mirror-target.ts';
import { enableModsecurity } from './modsecurity/enable-modsecurity.ts';
import { enableOwaspCoreRules } from './modsecurity/enable-owasp-core-rules.ts';
import { modsecurityTransactionId } from './modsecurity/modsecurity-transaction-id.ts';
import { enableOpentelemetry } from './opentelemetry/enable-opentelemetry.ts';
import { opentelemetryOperationName } from './opentelemetry/opentelemetry-operation-name.ts';
import { opentelemetryTrustIncomingSpan } from './opentelemetry/opentelemetry-trust-incoming-span.ts';
import { preserveTrailingSlash } from './preserve-trailing-slash.ts';
import { proxyBodySize } from './proxy/proxy-body-size.ts';
import { proxyBufferSize } from './proxy/proxy-buffer-size.ts';
import { proxyBuffering } from './proxy/proxy-buffering.ts';
import { proxyBuffersNumber } from './proxy/proxy-buffers-number.ts';
import { proxyBusyBuffersSize } from './proxy/proxy-busy-buffers-size.ts';
import { proxyConnectTimeout } from './proxy/proxy-connect-timeout.ts';
import { proxyCookieDomain } from './proxy/proxy-cookie-domain.ts';
import { proxyCookiePath } from './proxy/proxy-cookie-path.ts';
import { proxyHttpVersion } from './proxy/proxy-http-version.ts';
import { proxyMaxTempFileSize } from './proxy/proxy-max-temp-file-size.ts';
import { proxyNextUpstream } from './proxy/proxy-next-upstream.ts';
import { proxyNextUpstreamTimeout } from './proxy/proxy-next-upstream-timeout.ts';
import { proxyNextUpstreamTries } from './proxy/proxy-next-upstream-tries.ts';
import { proxyReadTimeout } from './proxy/proxy-read-timeout.ts';
import { proxyRedirectFrom } from './proxy/proxy-redirect-from.ts';
import { proxyRedirectTo } from './proxy/proxy-redirect-to.ts';
import { proxyRequestBuffering } from './proxy/proxy-request-buffering.ts';
import { proxySendTimeout } from './proxy/proxy-send-timeout.ts';
import { proxySslCiphers } from './proxy-ssl/proxy-ssl-ciphers.ts';
import { proxySslName } from './proxy-ssl/proxy-ssl-name.ts';
import { proxySslProtocols } from './proxy-ssl/proxy-ssl-protocols.ts';
import { proxySslSecret } from './proxy-ssl/proxy-ssl-secret.ts';
import { proxySslServerName } from './proxy-ssl/proxy-ssl-server-name.ts';
import { proxySslVerify } from './proxy-ssl/proxy-ssl-verify.ts';
import { proxySslVerifyDepth } from './proxy-ssl/proxy-ssl-verify-depth.ts';
import { fromToWwwRedirect } from './redirect/from-to-www-redirect.ts';
import { permanentRedirect } from './redirect/permanent-redirect.ts';
import { permanentRedirectCode } from './redirect/permanent-redirect-code.ts';
import { relativeRedirects } from './redirect/relative-redirects.ts';
import { temporalRedirect } from './redirect/temporal-redirect.ts';
import { temporalRedirectCode } from './redirect/temporal-redirect-code.ts';
import { usePortInRedirects } from './redirect/use-port-in-redirects.ts';
import { rewriteTarget } from './rewrite-target.ts';
import { serverAlias } from './server-alias.ts';
import { serviceUpstream } from './service-upstream.ts';
import { authSnippet } from './snippets/auth-snippet.ts';
import { configurationSnippet } from './snippets/configuration-snippet.ts';
import { modsecuritySnippet } from './snippets/modsecurity-snippet.ts';
import { serverSnippet } from './snippets/server-snippet.ts';
import { streamSnippet } from './snippets/stream-snippet.ts';
import { sslCiphers } from './ssl-cipher/ssl-ciphers.ts';
import { sslPreferServerCiphers } from './ssl-cipher/ssl-prefer-server-ciphers.ts';
import { sslPassthrough } from './ssl-passthrough.ts';
import { sslRedirect } from './ssl-redirect.ts';
import { upstreamHashBy } from './upstream-hash/upstream-hash-by.ts';
import { upstreamHashBySubset } from './upstream-hash/upstream-hash-by-subset.ts';
import { upstreamHashBySubsetSize } from './upstream-hash/upstream-hash-by-subset-size.ts';
import { upstreamVhost } from './upstream-vhost.ts';
import { useRegex } from './use-regex.ts';
import { xForwardedPrefix } from './x-forwarded-prefix.ts';

/** Every annotation that acts, by name. The order means nothing: each sets its own part. */
export const ANNOTATIONS: readonly Annotation[] = Object.freeze([
  affinity,
  affinityCanaryBehavior,
  affinityMode,
  allowlistSourceRange,
  appRoot,
  authAlwaysSetCookie,
  authCacheDuration,
  authCacheKey,
  authKeepalive,
  authKeepaliveRequests,
  authKeepaliveShareVars,
  authKeepaliveTimeout,
  authMethod,
  authProxySetHeaders,
  authRealm,
  authRequestRedirect,
  authResponseHeaders,
  authSecret,
  authSecretType,
  authSignin,
  authSigninRedirectParam,
  authSnippet,
  authTlsErrorPage,
  authTlsMatchCn,
  authTlsPassCertificateToUpstream,
  authTlsSecret,
  authTlsVerifyClient,
  authTlsVerifyDepth,
  authType,
  authUrl,
  backendProtocol,
  canary,
  canaryByCookie,
  canaryByHeader,
  canaryByHeaderPattern,
  canaryByHeaderValue,
  canaryWeight,
  canaryWeightTotal,
  clientBodyBufferSize,
  configurationSnippet,
  connectionProxyHeader,
  corsAllowCredentials,
  corsAllowHeaders,
  corsAllowMethods,
  corsAllowOrigin,
  corsExposeHeaders,
  corsMaxAge,
  customHeaders,
  customHttpErrors,
  defaultBackend,
  denylistSourceRange,
  disableProxyInterceptErrors,
  enableAccessLog,
  enableCors,
  enableGlobalAuth,
  enableModsecurity,
  enableOpentelemetry,
  enableOwaspCoreRules,
  enableRewriteLog,
  fastcgiIndex,
  fastcgiParamsConfigmap,
  forceSslRedirect,
  fromToWwwRedirect,
  http2PushPreload,
  limitAllowlist,
  limitBurstMultiplier,
  limitConnections,
  limitRate,
  limitRateAfter,
  limitRpm,
  limitRps,
  loadBalance,
  mirrorHost,
  mirrorRequestBody,
  mirrorTarget,
  modsecuritySnippet,
  modsecurityTransactionId,
  opentelemetryOperationName,
  opentelemetryTrustIncomingSpan,
  permanentRedirect,
  permanentRedirectCode,
  preserveTrailingSlash,
  proxyBodySize,
  proxyBuffering,
  proxyBufferSize,
  proxyBuffersNumber,
  proxyBusyBuffersSize,
  proxyConnectTimeout,
  proxyCookieDomain,
  proxyCookiePath,
  proxyHttpVersion,
  proxyMaxTempFileSize,
  proxyNextUpstream,
  proxyNextUpstreamTimeout,
  proxyNextUpstreamTries,
  proxyReadTimeout,
  proxyRedirectFrom,
  proxyRedirectTo,
  proxyRequestBuffering,
  proxySendTimeout,
  proxySslCiphers,
  proxySslName,
  proxySslProtocols,
  proxySslSecret,
  proxySslServerName,
  proxySslVerify,
  proxySslVerifyDepth,
  relativeRedirects,
  rewriteTarget,
  satisfy,
  serverAlias,
  serverSnippet,
  serviceUpstream,
  sessionCookieChangeOnFailure,
  sessionCookieConditionalSamesiteNone,
  sessionCookieDomain,
  sessionCookieExpires,
  sessionCookieMaxAge,
  sessionCookieName,
  sessionCookiePath,
  sessionCookieSamesite,
  sessionCookieSecure,
  sslCiphers,
  sslPreferServerCiphers,
  sslPassthrough,
  sslRedirect,
  streamSnippet,
  temporalRedirect,
  temporalRedirectCode,
  upstreamHashBy,
  upstreamHashBySubset,
  upstreamHashBySubsetSize,
  upstreamVhost,
  usePortInRedirects,
  useRegex,
  xForwardedPrefix,
]);

const BY_NAME: ReadonlyMap<string, Annotation> = new Map(
  ANNOTATIONS.flatMap((annotation) =>
    [annotation.name, ...(annotation.aliases ?? [])].map((name) => [name, annotation]),
  ),
);

/** The annotation of that name (without prefix), or of that former name. */
export function annotationNamed(name: string): Annotation | undefined {
  return BY_NAME.get(name);
}
