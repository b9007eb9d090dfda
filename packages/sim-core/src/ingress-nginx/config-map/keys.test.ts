import { describe, expect, test } from 'vitest';
import { CONFIG_MAP_KEYS, readConfigMap } from './keys.ts';
import { KEYS_WITHOUT_EFFECT } from './without-effect.ts';

type Read = (directives: ReturnType<typeof readConfigMap>) => unknown;

/** Key, value, where it is found, what is read, and what holds without it. */
const ROWS: readonly [key: string, value: string, read: Read, expected: unknown, byDefault: unknown][] = [
  ['add-headers', 'ns/h', ({ controller }) => controller.addHeaders, 'ns/h', ''],
  ['allow-backend-server-header', 'true', ({ http }) => http.allowBackendServerHeader, true, false],
  ['allow-cross-namespace-resources', 'true', ({ controller }) => controller.allowCrossNamespaceResources, true, false],
  ['allow-snippet-annotations', 'true', ({ controller }) => controller.allowSnippetAnnotations, true, false],
  [
    'annotation-value-word-blocklist',
    'a, b',
    ({ controller }) => controller.annotationValueWordBlocklist,
    ['a', ' b'],
    [],
  ],
  ['annotations-risk-level', 'Critical', ({ controller }) => controller.annotationsRiskLevel, 'Critical', 'High'],
  ['block-cidrs', '10.0.0.0/8, 192.0.2.1', ({ http }) => http.blockCidrs, ['10.0.0.0/8', '192.0.2.1'], []],
  ['block-referers', '~*spam', ({ http }) => http.blockReferers, ['~*spam'], []],
  ['block-user-agents', '~*bot,wget', ({ http }) => http.blockUserAgents, ['~*bot', 'wget'], []],
  ['client-body-buffer-size', '1m', ({ location }) => location.clientBodyBufferSize, 1024 ** 2, 8192],
  ['client-body-timeout', '7', ({ http }) => http.clientBodyTimeout, 7000, 60_000],
  ['client-header-buffer-size', '2k', ({ http }) => http.clientHeaderBufferSize, 2048, 1024],
  ['compute-full-forwarded-for', 'true', ({ http }) => http.computeFullForwardedFor, true, false],
  ['custom-http-errors', '404,503', ({ location }) => location.customHttpErrors, [404, 503], []],
  ['denylist-source-range', '10.0.0.1', ({ location }) => location.deny, ['10.0.0.1'], []],
  ['disable-access-log', 'true', ({ http }) => http.disableAccessLog, true, false],
  ['disable-http-access-log', 'true', ({ http }) => http.disableAccessLog, true, false],
  ['disable-proxy-intercept-errors', 'true', ({ controller }) => controller.disableInterceptErrors, true, false],
  ['enable-access-log-for-default-backend', 'true', ({ http }) => http.accessLogForDefaultBackend, true, false],
  ['enable-opentelemetry', 'true', ({ location }) => location.opentelemetry.enabled, true, false],
  ['enable-real-ip', 'true', ({ http }) => http.enableRealIp, true, false],
  ['enable-underscores-in-headers', 'true', ({ http }) => http.underscoresInHeaders, true, false],
  ['force-ssl-redirect', 'true', ({ location }) => location.forceSslRedirect, true, false],
  ['forwarded-for-header', 'X-Client', ({ http }) => http.forwardedForHeader, 'X-Client', 'X-Forwarded-For'],
  ['generate-request-id', 'false', ({ http }) => http.generateRequestId, false, true],
  [
    'global-allowed-response-headers',
    'X-A,x-b',
    ({ controller }) => [...controller.allowedResponseHeaders],
    ['X-A', 'x-b'],
    [],
  ],
  ['global-auth-always-set-cookie', 'true', ({ globalAuth }) => globalAuth.alwaysSetCookie, true, false],
  ['global-auth-cache-duration', '200 1m', ({ globalAuth }) => globalAuth.cacheValid, ['200 1m'], ['200 202 401 5m']],
  ['global-auth-cache-key', '$remote_user', ({ globalAuth }) => globalAuth.cacheKey, '$remote_user', ''],
  ['global-auth-method', 'POST', ({ globalAuth }) => globalAuth.method, 'POST', ''],
  ['global-auth-request-redirect', '/x', ({ globalAuth }) => globalAuth.requestRedirect, '/x', ''],
  ['global-auth-response-headers', 'X-A, b c', ({ globalAuth }) => globalAuth.responseHeaders, ['X-A'], []],
  ['global-auth-signin', 'http://l.test', ({ globalAuth }) => globalAuth.signin, 'http://l.test', ''],
  ['global-auth-signin-redirect-param', 'next', ({ globalAuth }) => globalAuth.redirectParam, 'next', 'rd'],
  ['global-auth-url', 'http://a.test', ({ location }) => location.authRequest?.url, 'http://a.test', undefined],
  ['hide-headers', 'X-A, x-b', ({ http }) => http.hideHeaders, ['X-A', 'x-b'], []],
  ['hsts', 'false', ({ http }) => http.hsts, false, true],
  ['hsts-include-subdomains', 'false', ({ http }) => http.hstsIncludeSubdomains, false, true],
  ['hsts-max-age', '60', ({ http }) => http.hstsMaxAge, 60, 31_536_000],
  ['hsts-preload', 'true', ({ http }) => http.hstsPreload, true, false],
  ['http-redirect-code', '301', ({ http }) => http.httpRedirectCode, 301, 308],
  ['ignore-invalid-headers', 'false', ({ http }) => http.ignoreInvalidHeaders, false, true],
  ['keep-alive', '0', ({ http }) => http.keepAlive, 0, 75],
  ['keep-alive-requests', '10', ({ http }) => http.keepAliveRequests, 10, 1000],
  [
    'large-client-header-buffers',
    '8 16k',
    ({ http }) => http.largeClientHeaderBuffers,
    { number: 8, size: 16_384 },
    { number: 4, size: 8192 },
  ],
  ['limit-conn-status-code', '429', ({ http }) => http.limitConnStatusCode, 429, 503],
  [
    'limit-conn-zone-variable',
    '$http_x_user',
    ({ http }) => http.limitConnZoneVariable,
    '$http_x_user',
    '$binary_remote_addr',
  ],
  ['limit-rate', '8', ({ location }) => location.limitRate, 8192, 0],
  ['limit-rate-after', '8', ({ location }) => location.limitRateAfter, 8192, 0],
  ['limit-req-status-code', '429', ({ http }) => http.limitReqStatusCode, 429, 503],
  ['load-balance', 'ewma', ({ upstream }) => upstream.loadBalance, 'ewma', 'round_robin'],
  ['log-format-escape-json', 'true', ({ http }) => http.logFormat.escape, 'json', 'default'],
  ['log-format-escape-none', 'true', ({ http }) => http.logFormat.escape, 'none', 'default'],
  [
    'log-format-upstream',
    '$status',
    ({ http }) => http.logFormat.text,
    '$status',
    expect.stringMatching(/^\$remote_addr - /),
  ],
  ['no-auth-locations', '/a, /b', ({ http }) => http.noAuthLocations, ['/a', '/b'], ['/.well-known/acme-challenge']],
  [
    'no-tls-redirect-locations',
    '/a, /b',
    ({ http }) => http.noTlsRedirectLocations,
    ['/a', '/b'],
    ['/.well-known/acme-challenge'],
  ],
  [
    'opentelemetry-trust-incoming-span',
    'false',
    ({ location }) => location.opentelemetry.trustIncomingSpans,
    false,
    true,
  ],
  ['preserve-trailing-slash', 'true', ({ location }) => location.preserveTrailingSlash, true, false],
  ['proxy-add-original-uri-header', 'true', ({ http }) => http.proxyAddOriginalUriHeader, true, false],
  ['proxy-body-size', '8m', ({ location }) => location.clientMaxBodySize, 8 * 1024 ** 2, 1024 ** 2],
  ['proxy-buffer-size', '8k', ({ location }) => location.proxyBufferSize, 8192, 4096],
  ['proxy-buffering', 'on', ({ location }) => location.proxyBuffering, true, false],
  ['proxy-buffers-number', '8', ({ location }) => location.proxyBuffersNumber, 8, 4],
  ['proxy-busy-buffers-size', '8k', ({ location }) => location.proxyBusyBuffersSize, 8192, undefined],
  ['proxy-connect-timeout', '7', ({ location }) => location.proxyConnectTimeout, 7000, 5000],
  ['proxy-cookie-domain', 'a.test b.test', ({ location }) => location.proxyCookieDomain, 'a.test b.test', 'off'],
  ['proxy-cookie-path', '/a /b', ({ location }) => location.proxyCookiePath, '/a /b', 'off'],
  ['proxy-http-version', '1.0', ({ location }) => location.proxyHttpVersion, '1.0', '1.1'],
  ['proxy-max-temp-file-size', '0', ({ location }) => location.proxyMaxTempFileSize, 0, 1024 ** 3],
  ['proxy-next-upstream', 'off', ({ location }) => location.proxyNextUpstream.error, false, true],
  ['proxy-next-upstream-timeout', '7', ({ location }) => location.proxyNextUpstreamTimeout, 7000, 0],
  ['proxy-next-upstream-tries', '7', ({ location }) => location.proxyNextUpstreamTries, 7, 3],
  ['proxy-read-timeout', '7', ({ location }) => location.proxyReadTimeout, 7000, 60_000],
  [
    'proxy-real-ip-cidr',
    '10.0.0.0/8,192.0.2.1',
    ({ http }) => http.proxyRealIpCidr,
    ['10.0.0.0/8', '192.0.2.1'],
    ['0.0.0.0/0'],
  ],
  ['proxy-redirect-from', 'http://a/', ({ location }) => location.proxyRedirectFrom, 'http://a/', 'off'],
  ['proxy-redirect-to', '/b', ({ location }) => location.proxyRedirectTo, '/b', 'off'],
  ['proxy-request-buffering', 'off', ({ location }) => location.proxyRequestBuffering, false, true],
  ['proxy-send-timeout', '7', ({ location }) => location.proxySendTimeout, 7000, 60_000],
  ['proxy-set-headers', 'ns/h', ({ controller }) => controller.proxySetHeaders, 'ns/h', ''],
  ['proxy-ssl-location-only', 'true', ({ controller }) => controller.proxySslLocationOnly, true, false],
  ['relative-redirects', 'true', ({ location }) => location.absoluteRedirect, false, true],
  ['retry-non-idempotent', 'true', ({ http }) => http.retryNonIdempotent, true, false],
  ['server-tokens', 'true', ({ http }) => http.serverTokens, true, false],
  ['service-upstream', 'true', ({ upstream }) => upstream.serviceUpstream, true, false],
  ['skip-access-log-urls', '/healthz,~^/m', ({ http }) => http.skipAccessLogUrls, ['/healthz', '~^/m'], []],
  [
    'ssl-ciphers',
    'AES128-SHA256',
    ({ http }) => http.sslCiphers,
    'AES128-SHA256',
    expect.stringMatching(/^ECDHE-ECDSA-AES128-GCM-SHA256:/),
  ],
  ['ssl-prefer-server-ciphers', 'false', ({ http }) => http.sslPreferServerCiphers, false, true],
  ['ssl-redirect', 'false', ({ location }) => location.sslRedirect, false, true],
  ['strict-validate-path-type', 'false', ({ controller }) => controller.strictValidatePathType, false, true],
  ['upstream-keepalive-connections', '0', ({ http }) => http.upstreamKeepaliveConnections, 0, 320],
  ['use-forwarded-headers', 'true', ({ http }) => http.useForwardedHeaders, true, false],
  ['use-http2', 'false', ({ http }) => http.http2, false, true],
  ['use-port-in-redirects', 'true', ({ location }) => location.portInRedirect, true, false],
  ['whitelist-source-range', '10.0.0.0/8', ({ location }) => location.allow, ['10.0.0.0/8'], []],
];

describe('readConfigMap', () => {
  test.each(ROWS)('%s: %s', (key, value, read, expected, byDefault) => {
    expect(read(readConfigMap({ [key]: value }))).toEqual(expected);
    expect(read(readConfigMap({}))).toEqual(byDefault);
  });

  test.each(['hsts', 'hsts-max-age', 'http-redirect-code', 'proxy-body-size', 'proxy-read-timeout'])(
    'a value of %s that cannot be read leaves the default',
    (key) => {
      expect(readConfigMap({ [key]: 'nonsense' })).toEqual(readConfigMap({}));
    },
  );

  test.each([
    ['hsts', '', ({ http }) => http.hsts, false],
    ['hsts', 'yes', ({ http }) => http.hsts, true],
    ['hsts', ' false', ({ http }) => http.hsts, true],
    ['hsts', 'F', ({ http }) => http.hsts, false],
    ['keep-alive', '', ({ http }) => http.keepAlive, 0],
    ['keep-alive', '0x10', ({ http }) => http.keepAlive, 16],
    ['keep-alive', '010', ({ http }) => http.keepAlive, 8],
    ['keep-alive', '08', ({ http }) => http.keepAlive, 75],
    ['keep-alive', '10s', ({ http }) => http.keepAlive, 75],
    ['custom-http-errors', '404, 503,x,200,599', ({ location }) => location.customHttpErrors, [404, 503, 599]],
    ['annotations-risk-level', 'critical', ({ controller }) => controller.annotationsRiskLevel, 'Critical'],
    ['annotations-risk-level', 'none', ({ controller }) => controller.annotationsRiskLevel, 'Low'],
    ['http-redirect-code', '303', ({ http }) => http.httpRedirectCode, 308],
  ] as readonly [string, string, Read, unknown][])(
    '%s: "%s" is read as mapstructure does',
    (key, value, read, expected) => {
      expect(read(readConfigMap({ [key]: value }))).toEqual(expected);
    },
  );

  test('escape-none goes before escape-json', () => {
    const both = { 'log-format-escape-json': 'true', 'log-format-escape-none': 'true' };
    expect(readConfigMap(both).http.logFormat.escape).toBe('none');
  });

  test('keys that nobody knows mean nothing', () => {
    expect(readConfigMap({ 'no-such-key': 'x' })).toEqual(readConfigMap({}));
  });

  test('every key has its row here, and no two have one name', () => {
    expect(ROWS.map(([key]) => key)).toEqual(CONFIG_MAP_KEYS.map(({ name }) => name).sort());
    expect(new Set(ROWS.map(([key]) => key)).size).toBe(ROWS.length);
  });

  test('no key both acts and does not', () => {
    expect(CONFIG_MAP_KEYS.filter(({ name }) => KEYS_WITHOUT_EFFECT.has(name))).toEqual([]);
  });
});
