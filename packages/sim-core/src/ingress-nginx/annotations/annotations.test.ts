import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../../../../../test/support/shared.ts';
import { readConfigMap } from '../config-map/keys.ts';
import { ANNOTATION_PREFIX, type IngressDirectives } from './define-annotation.ts';
import { ANNOTATIONS, annotationNamed } from './index.ts';
import { parseAnnotations } from './parse-annotations.ts';

/** With the annotation beside it without which it would not be read. */
const parse = (name: string, value: string) => {
  const needs = annotationNamed(annotationNamed(name)?.needs ?? '');
  const beside = needs === undefined ? {} : { [ANNOTATION_PREFIX + needs.name]: needs.example };
  return parseAnnotations({ ...beside, [ANNOTATION_PREFIX + name]: value }, readConfigMap({}));
};

type Read = (directives: IngressDirectives) => unknown;
type Row = readonly [name: string, value: string, read: Read, expected: unknown];

const sslRedirect: Read = ({ location }) => location.sslRedirect;
const weight: Read = ({ policy }) => policy.weight;

/** What each annotation sets; values that the parser of its kind treats alike are in parsers.test.ts. */
const ROWS: readonly Row[] = [
  ['affinity', 'cookie', ({ affinity }) => affinity.type, 'cookie'],
  ['affinity', 'ip', ({ affinity }) => affinity.type, ''],
  ['affinity-canary-behavior', 'legacy', ({ affinity }) => affinity.canaryBehavior, 'legacy'],
  ['affinity-mode', 'persistent', ({ affinity }) => affinity.mode, 'persistent'],
  ['allowlist-source-range', '10.0.0.0/8, 192.0.2.1', ({ location }) => location.allow, ['10.0.0.0/8', '192.0.2.1']],
  ['app-root', '/login', ({ appRoot }) => appRoot, '/login'],
  ['app-root', 'login', ({ appRoot }) => appRoot, ''],
  ['auth-always-set-cookie', 'true', ({ authRequest }) => authRequest.alwaysSetCookie, true],
  ['auth-cache-duration', '200 1m, any 5s', ({ authRequest }) => authRequest.cacheValid, ['200 1m', 'any 5s']],
  ['auth-cache-key', '$remote_user', ({ authRequest }) => authRequest.cacheKey, '$remote_user'],
  ['auth-cache-key', '/x', ({ authRequest }) => authRequest.cacheKey, ''],
  ['auth-keepalive', '5', ({ location }) => location.denied, undefined],
  ['auth-keepalive-requests', '5', ({ location }) => location.denied, undefined],
  ['auth-keepalive-share-vars', 'true', ({ location }) => location.denied, undefined],
  ['auth-keepalive-timeout', '5', ({ location }) => location.denied, undefined],
  ['auth-method', 'POST', ({ authRequest }) => authRequest.method, 'POST'],
  ['auth-proxy-set-headers', 'headers', ({ authRequest }) => authRequest.headersFrom, 'headers'],
  ['auth-realm', 'Members only', ({ auth }) => auth.realm, 'Members only'],
  [
    'auth-response-headers',
    'X-User, X-Groups',
    ({ authRequest }) => authRequest.responseHeaders,
    ['X-User', 'X-Groups'],
  ],
  ['auth-request-redirect', '/a?b=c', ({ authRequest }) => authRequest.requestRedirect, '/a?b=c'],
  ['auth-secret', 'users', ({ auth }) => auth.secret, 'users'],
  ['auth-secret-type', 'auth-map', ({ auth }) => auth.secretType, 'auth-map'],
  ['auth-signin', 'https://l.test/in', ({ authRequest }) => authRequest.signin, 'https://l.test/in'],
  ['auth-signin', '/in', ({ authRequest }) => authRequest.signin, '/in'],
  ['auth-signin-redirect-param', 'next', ({ authRequest }) => authRequest.redirectParam, 'next'],
  ['auth-snippet', 'deny all;', ({ location }) => location.denied, undefined],
  ['auth-tls-error-page', '/oops', ({ authTls }) => authTls.errorPage, '/oops'],
  ['auth-tls-match-cn', 'CN=a|b', ({ authTls }) => authTls.matchCn, 'CN=a|b'],
  ['auth-tls-pass-certificate-to-upstream', 'true', ({ authTls }) => authTls.passCertificate, true],
  ['auth-tls-secret', 'default/ca', ({ authTls }) => authTls.secret, 'default/ca'],
  ['auth-tls-verify-client', 'optional', ({ authTls }) => authTls.verifyClient, 'optional'],
  ['auth-tls-verify-depth', '0', ({ authTls }) => authTls.verifyDepth, 1],
  ['auth-type', 'basic', ({ auth }) => auth.type, 'basic'],
  ['auth-url', 'http://a.test/$request_uri', ({ location }) => location.authRequest?.url, 'http://a.test/$request_uri'],
  ['backend-protocol', 'grpcs', ({ location }) => location.backendProtocol, 'GRPCS'],
  ['backend-protocol', 'ftp', ({ location }) => location.backendProtocol, 'HTTP'],
  ['canary', 'true', ({ canary }) => canary, true],
  ['canary', '1', ({ canary }) => canary, true],
  ['canary', 'yes', ({ canary }) => canary, false],
  ['canary-by-cookie', 'c', ({ policy }) => policy.cookie, 'c'],
  ['canary-by-cookie', 'a;b', ({ policy }) => policy.cookie, ''],
  ['canary-by-header', 'FOO', ({ policy }) => policy.header, 'FOO'],
  ['canary-by-header', ' FOO ', ({ policy }) => policy.header, 'FOO'],
  ['canary-by-header', 'a;b', ({ policy }) => policy.header, ''],
  ['canary-by-header', '', ({ policy }) => policy.header, ''],
  ['canary-by-header-pattern', '^v[0-9]+$', ({ policy }) => policy.headerPattern, '^v[0-9]+$'],
  ['canary-by-header-pattern', '^u[0-9]{1,3}$', ({ policy }) => policy.headerPattern, ''],
  ['canary-by-header-pattern', '^u(?=1)', ({ policy }) => policy.headerPattern, ''],
  ['canary-by-header-pattern', '^(u)\\1', ({ policy }) => policy.headerPattern, ''],
  ['canary-by-header-value', 'bar', ({ policy }) => policy.headerValue, 'bar'],
  ['canary-weight', '5', weight, 5],
  ['canary-weight', ' 5 ', weight, 0],
  ['canary-weight', '5%', weight, 0],
  ['canary-weight', '5.5', weight, 0],
  ['canary-weight-total', '1000', ({ policy }) => policy.weightTotal, 1000],
  ['canary-weight-total', 'x', ({ policy }) => policy.weightTotal, 100],
  ['client-body-buffer-size', '16k', ({ location }) => location.clientBodyBufferSize, 16_384],
  ['configuration-snippet', 'deny all;', ({ location }) => location.denied, undefined],
  ['connection-proxy-header', 'close', ({ location }) => location.connectionHeader, 'close'],
  ['connection-proxy-header', 'x', ({ location }) => location.connectionHeader, ''],
  ['cors-allow-credentials', 'false', ({ cors }) => cors.allowCredentials, false],
  ['cors-allow-headers', 'X-A, X-B', ({ cors }) => cors.allowHeaders, 'X-A, X-B'],
  ['cors-allow-methods', 'GET, PUT', ({ cors }) => cors.allowMethods, 'GET, PUT'],
  ['cors-allow-origin', 'https://a.test, nonsense', ({ cors }) => cors.allowOrigin, ['https://a.test']],
  ['cors-allow-origin', 'https://a.test, *', ({ cors }) => cors.allowOrigin, ['*']],
  ['cors-expose-headers', '*', ({ cors }) => cors.exposeHeaders, '*'],
  ['cors-max-age', '600', ({ cors }) => cors.maxAge, 600],
  ['custom-headers', 'default/h', ({ customHeaders }) => customHeaders, 'default/h'],
  ['custom-http-errors', '404,503', ({ location }) => location.customHttpErrors, [404, 503]],
  ['default-backend', 'errors', ({ defaultBackend }) => defaultBackend, 'errors'],
  ['denylist-source-range', '10.0.0.1', ({ location }) => location.deny, ['10.0.0.1']],
  ['disable-proxy-intercept-errors', 'true', ({ disableInterceptErrors }) => disableInterceptErrors, true],
  ['enable-access-log', 'false', ({ location }) => location.accessLog, false],
  ['enable-global-auth', 'false', ({ authRequest }) => authRequest.global, false],
  ['enable-cors', 'true', ({ location }) => location.cors?.allowOrigin, ['*']],
  ['enable-modsecurity', 'true', ({ location }) => location.modsecurity.enabled, true],
  ['enable-opentelemetry', 'true', ({ location }) => location.opentelemetry.enabled, true],
  ['enable-owasp-core-rules', 'true', ({ location }) => location.modsecurity.owaspRules, true],
  ['enable-rewrite-log', 'true', ({ location }) => location.rewriteLog, true],
  ['force-ssl-redirect', 'true', ({ location }) => location.forceSslRedirect, true],
  ['from-to-www-redirect', 'true', ({ fromToWww }) => fromToWww, true],
  ['http2-push-preload', 'true', ({ location }) => location.http2PushPreload, true],
  ['limit-allowlist', '10.0.0.0/8', ({ location }) => location.limitAllowlist, ['10.0.0.0/8']],
  ['limit-burst-multiplier', '2', ({ limit }) => limit.burstMultiplier, 2],
  ['limit-connections', '3', ({ location }) => location.limitConn?.connections, 3],
  ['limit-rate', '64', ({ location }) => location.limitRate, 65_536],
  ['limit-rate-after', '1', ({ location }) => location.limitRateAfter, 1024],
  [
    'limit-rpm',
    '30',
    ({ location }) => location.limitReq.map(({ limit, per, burst }) => [limit, per, burst]),
    [[30, 'minute', 150]],
  ],
  [
    'limit-rps',
    '2',
    ({ location }) => location.limitReq.map(({ limit, per, burst }) => [limit, per, burst]),
    [[2, 'second', 10]],
  ],
  ['fastcgi-index', 'index.php', ({ location }) => location.fastcgiIndex, 'index.php'],
  ['fastcgi-params-configmap', 'ns/php', ({ fastcgiParamsFrom }) => fastcgiParamsFrom, 'ns/php'],
  ['load-balance', 'ewma', ({ upstream }) => upstream.loadBalance, 'ewma'],
  ['mirror-host', 'm.test', ({ mirror }) => mirror.host, 'm.test'],
  ['mirror-request-body', 'off', ({ mirror }) => mirror.requestBody, false],
  ['mirror-target', 'http://m.test$request_uri', ({ location }) => location.mirror?.host, 'm.test'],
  ['modsecurity-snippet', 'x', ({ location }) => location.denied, undefined],
  ['modsecurity-transaction-id', '$request_id', ({ location }) => location.modsecurity.transactionId, '$request_id'],
  ['opentelemetry-operation-name', 'checkout', ({ opentelemetry }) => opentelemetry.operationName, 'checkout'],
  ['opentelemetry-trust-incoming-span', 'false', ({ opentelemetry }) => opentelemetry.trustIncomingSpan, false],
  ['permanent-redirect', 'https://n.test', ({ location }) => location.return, { status: 301, url: 'https://n.test' }],
  ['permanent-redirect-code', '308', ({ redirect }) => redirect.permanentCode, 308],
  ['permanent-redirect-code', '404', ({ redirect }) => redirect.permanentCode, 301],
  ['preserve-trailing-slash', 'true', ({ location }) => location.preserveTrailingSlash, true],
  ['proxy-body-size', '8m', ({ location }) => location.clientMaxBodySize, 8 * 1024 ** 2],
  ['proxy-body-size', '0', ({ location }) => location.clientMaxBodySize, 0],
  ['proxy-buffer-size', '8k', ({ location }) => location.proxyBufferSize, 8192],
  ['proxy-buffering', 'on', ({ location }) => location.proxyBuffering, true],
  ['proxy-buffering', 'true', ({ location }) => location.proxyBuffering, false],
  ['proxy-buffers-number', '8', ({ location }) => location.proxyBuffersNumber, 8],
  ['proxy-busy-buffers-size', '8k', ({ location }) => location.proxyBusyBuffersSize, 8192],
  ['proxy-connect-timeout', '10', ({ location }) => location.proxyConnectTimeout, 10_000],
  ['proxy-cookie-domain', 'a.test b.test', ({ location }) => location.proxyCookieDomain, 'a.test b.test'],
  ['proxy-cookie-domain', 'a.test', ({ location }) => location.proxyCookieDomain, 'off'],
  ['proxy-cookie-path', '/a /b', ({ location }) => location.proxyCookiePath, '/a /b'],
  ['proxy-cookie-path', '~*^/a /b', ({ location }) => location.proxyCookiePath, 'off'],
  ['proxy-http-version', '1.0', ({ location }) => location.proxyHttpVersion, '1.0'],
  ['proxy-http-version', '2.0', ({ location }) => location.proxyHttpVersion, '1.1'],
  ['proxy-max-temp-file-size', '0', ({ location }) => location.proxyMaxTempFileSize, 0],
  ['proxy-max-temp-file-size', '5b', ({ location }) => location.proxyMaxTempFileSize, 1024 ** 3],
  ['proxy-next-upstream', 'error http_502', ({ location }) => location.proxyNextUpstream.statuses, [502]],
  ['proxy-next-upstream', 'off', ({ location }) => location.proxyNextUpstream.error, false],
  ['proxy-next-upstream', 'nonsense', ({ location }) => location.proxyNextUpstream.text, 'error timeout'],
  ['proxy-next-upstream-timeout', '4', ({ location }) => location.proxyNextUpstreamTimeout, 4000],
  ['proxy-next-upstream-tries', '5', ({ location }) => location.proxyNextUpstreamTries, 5],
  ['proxy-read-timeout', '120', ({ location }) => location.proxyReadTimeout, 120_000],
  ['proxy-redirect-from', 'http://a.test/', ({ location }) => location.proxyRedirectFrom, 'http://a.test/'],
  ['proxy-redirect-from', '/$1', ({ location }) => location.proxyRedirectFrom, 'off'],
  ['proxy-redirect-to', 'http://b.test/', ({ location }) => location.proxyRedirectTo, 'http://b.test/'],
  ['proxy-request-buffering', 'off', ({ location }) => location.proxyRequestBuffering, false],
  ['proxy-send-timeout', '120', ({ location }) => location.proxySendTimeout, 120_000],
  ['proxy-ssl-ciphers', 'HIGH:!aNULL', ({ proxySsl }) => proxySsl.ciphers, 'HIGH:!aNULL'],
  ['proxy-ssl-ciphers', 'HIGH;', ({ proxySsl }) => proxySsl.ciphers, 'DEFAULT'],
  ['proxy-ssl-name', 'pod.test', ({ proxySsl }) => proxySsl.name, 'pod.test'],
  ['proxy-ssl-name', 'pod test', ({ proxySsl }) => proxySsl.name, ''],
  ['proxy-ssl-protocols', ' TLSv1.3  TLSv1.2 ', ({ proxySsl }) => proxySsl.protocols, 'TLSv1.2 TLSv1.3'],
  ['proxy-ssl-protocols', 'TLSv2', ({ proxySsl }) => proxySsl.protocols, 'TLSv1.2'],
  ['proxy-ssl-secret', 'default/tls', ({ proxySsl }) => proxySsl.secret, 'default/tls'],
  ['proxy-ssl-server-name', 'on', ({ proxySsl }) => proxySsl.serverName, 'on'],
  ['proxy-ssl-verify', 'on', ({ proxySsl }) => proxySsl.verify, 'on'],
  ['proxy-ssl-verify', 'true', ({ proxySsl }) => proxySsl.verify, 'off'],
  ['proxy-ssl-verify-depth', '0', ({ proxySsl }) => proxySsl.verifyDepth, 1],
  ['proxy-ssl-verify-depth', '3', ({ proxySsl }) => proxySsl.verifyDepth, 3],
  ['relative-redirects', 'true', ({ location }) => location.absoluteRedirect, false],
  ['rewrite-target', '/$2', ({ rewriteTarget }) => rewriteTarget, '/$2'],
  ['rewrite-target', '/a b', ({ rewriteTarget }) => rewriteTarget, ''],
  ['satisfy', 'any', ({ location }) => location.satisfy, 'any'],
  ['server-alias', 'b.test, a.test,b.test', ({ serverAlias }) => serverAlias, ['a.test', 'b.test']],
  ['server-snippet', 'x', ({ location }) => location.denied, undefined],
  ['service-upstream', 'true', ({ upstream }) => upstream.serviceUpstream, true],
  ['session-cookie-change-on-failure', 'true', ({ affinity }) => affinity.cookie.changeOnFailure, true],
  ['session-cookie-conditional-samesite-none', 'true', ({ affinity }) => affinity.cookie.conditionalSameSiteNone, true],
  ['session-cookie-domain', 'a.test', ({ affinity }) => affinity.cookie.domain, 'a.test'],
  ['session-cookie-expires', '60', ({ affinity }) => affinity.cookie.expires, '60'],
  ['session-cookie-max-age', '60', ({ affinity }) => affinity.cookie.maxAge, '60'],
  ['session-cookie-name', 'ROUTE', ({ affinity }) => affinity.cookie.name, 'ROUTE'],
  ['session-cookie-path', '/app', ({ affinity }) => affinity.cookie.path, '/app'],
  ['session-cookie-samesite', 'Lax', ({ affinity }) => affinity.cookie.sameSite, 'Lax'],
  ['session-cookie-secure', 'true', ({ affinity }) => affinity.cookie.secure, true],
  ['session-cookie-secure', 'false', ({ affinity }) => affinity.cookie.secure, undefined],
  ['ssl-ciphers', 'AES128-SHA256', (directives) => directives.sslCiphers, 'AES128-SHA256'],
  ['ssl-prefer-server-ciphers', 'false', (directives) => directives.sslPreferServerCiphers, false],
  ['ssl-passthrough', 'true', (directives) => directives.sslPassthrough, true],
  ['ssl-redirect', 'false', sslRedirect, false],
  ['ssl-redirect', 'off', sslRedirect, true],
  ['stream-snippet', 'x', ({ location }) => location.denied, undefined],
  ['temporal-redirect', 'https://t.test', ({ location }) => location.return, { status: 302, url: 'https://t.test' }],
  ['temporal-redirect-code', '307', ({ redirect }) => redirect.temporalCode, 307],
  ['temporal-redirect-code', '308', ({ redirect }) => redirect.temporalCode, 302],
  ['upstream-hash-by', '$request_uri', ({ upstream }) => upstream.hashBy, '$request_uri'],
  ['upstream-hash-by-subset', 'true', ({ upstream }) => upstream.hashBySubset, true],
  ['upstream-hash-by-subset-size', '2', ({ upstream }) => upstream.hashBySubsetSize, 2],
  ['upstream-hash-by-subset-size', '0', ({ upstream }) => upstream.hashBySubsetSize, 3],
  ['upstream-vhost', 'web.internal', ({ location }) => location.upstreamVhost, 'web.internal'],
  ['use-port-in-redirects', 'true', ({ location }) => location.portInRedirect, true],
  ['use-regex', 'true', ({ useRegex }) => useRegex, true],
  ['x-forwarded-prefix', '/app/$1', ({ xForwardedPrefix }) => xForwardedPrefix, '/app/$1'],
  ['x-forwarded-prefix', '/app', ({ xForwardedPrefix }) => xForwardedPrefix, '/app'],
];

describe('each annotation', () => {
  test.each(ROWS)('%s: %j', (name, value, read, expected) => {
    expect(read(parse(name, value).directives)).toEqual(expected);
  });

  test('has a row here', () => {
    expect([...new Set(ROWS.map(([name]) => name))].sort()).toEqual(ANNOTATIONS.map(({ name }) => name).sort());
  });

  const taken = ANNOTATIONS.filter(({ risk, name }) => risk !== 'Critical' && name !== 'auth-type');
  test.each(taken.map((annotation) => [annotation.name, annotation] as const))(
    '%s: its example is taken',
    (name, { example }) => {
      expect(parse(name, example.replace(/^"(.*)"$/, '$1')).problems).toEqual([]);
    },
  );
});

describe('a value that is refused', () => {
  test.each([
    ['default', 'ssl-redirect', 'maybe', false],
    ['drop', 'server-alias', 'a test;', true],
    ['drop', 'server-alias', '~^(?=a)b', true],
    ['default', 'server-alias', '', false],
    ['default', 'rewrite-target', '/a b', false],
    ['default', 'affinity', 'ip', false],
    ['deny', 'allowlist-source-range', 'not-a-cidr', false],
    ['deny', 'auth-url', 'x', false],
    ['deny', 'auth-url', 'http:x', false],
    ['deny', 'auth-url', 'http://a..b/', false],
    ['drop', 'auth-url', 'http://a/<x>', true],
    ['deny', 'auth-method', 'FETCH', false],
    ['deny', 'auth-response-headers', 'X-User;', false],
    ['deny', 'auth-cache-duration', '200 5x', false],
    ['deny', 'auth-cache-duration', '5m 200', false],
    ['default', 'auth-signin', 'https://l.test/#in', false],
    ['default', 'auth-keepalive', 'many', false],
    ['drop', 'auth-tls-error-page', 'https://l.test/?a', true],
    ['drop', 'auth-tls-match-cn', 'alice', true],
    ['drop', 'auth-tls-match-cn', 'CN=(', true],
    ['drop', 'auth-tls-match-cn', 'CN=a(?!b)', true],
    ['drop', 'auth-tls-pass-certificate-to-upstream', 'yes', true],
    ['drop', 'auth-tls-secret', 'default/ca;', true],
    ['default', 'auth-tls-verify-client', 'maybe', false],
    ['default', 'auth-tls-verify-depth', 'deep', false],
    ['drop', 'ssl-ciphers', 'AES;', true],
    ['default', 'ssl-prefer-server-ciphers', 'on', false],
    ['default', 'proxy-ssl-verify-depth', 'deep', false],
    ['drop', 'proxy-ssl-secret', 'a;b/c', true],
    ['drop', 'fastcgi-index', 'a/b.php', true],
    ['drop', 'fastcgi-params-configmap', 'a$b', true],
    ['default', 'ssl-passthrough', 'yes', false],
    ['drop', 'limit-rps', '1.5', true],
    ['drop', 'load-balance', 'least_conn', true],
    ['drop', 'client-body-buffer-size', 'big', true],
    ['drop', 'http2-push-preload', 'yes', true],
    ['drop', 'relative-redirects', 'yes', true],
    ['drop', 'upstream-hash-by-subset', 'yes', true],
    ['default', 'proxy-buffer-size', '4kb', false],
    ['default', 'limit-rate', '1k', false],
    ['drop', 'custom-http-errors', '4xx', true],
    ['drop', 'from-to-www-redirect', 'si', true],
    ['default', 'permanent-redirect', 'shop.test', false],
    ['drop', 'permanent-redirect', 'https://a test', true],
    ['drop', 'upstream-hash-by', '$a.b', true],
    ['drop', 'connection-proxy-header', 'upgrade', true],
    ['drop', 'x-forwarded-prefix', '/a?', true],
    ['default', 'cors-allow-origin', 'https://a.test/x', false],
    ['default', 'cors-allow-methods', 'GET;', false],
    ['default', 'session-cookie-path', '/a(b)', false],
    ['default', 'canary', 'yes', false],
    ['default', 'canary-weight', '5%', false],
    ['drop', 'temporal-redirect', 'https://t.test/$uri', true],
    ['drop', 'auth-type', 'bogus', true],
    ['drop', 'configuration-snippet', 'deny all;', true],
  ])('%s: %s', (effect, name, value, dropped) => {
    const parsed = parse(name, value);
    expect(parsed.problems).toEqual([
      { annotation: ANNOTATION_PREFIX + name, value, effect, reason: expect.stringMatching(/\S/) },
    ]);
    expect(parsed.dropped).toBe(dropped);
  });
});

test('what means nothing without another annotation is not even read without it', () => {
  const alone = { [`${ANNOTATION_PREFIX}auth-method`]: 'FETCH' };
  expect(parseAnnotations(alone, readConfigMap({})).problems).toEqual([]);
});

describe('names', () => {
  test('what nobody knows means nothing', () => {
    expect(parse('no-such-annotation', 'x').problems).toEqual([]);
  });

  test('every name stands once', () => {
    const names = ANNOTATIONS.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  test.skipIf(sharedPath('design', 'ingress-nginx.md') === undefined)(
    'they are the annotations of the release, no more and no less',
    () => {
      const note = readFileSync(sharedPath('design', 'ingress-nginx.md') ?? '', 'utf8');
      const listed = [...note.matchAll(/^\| *★? *\| ([a-z0-9-]+) \|/gm)]
        .map(([, name = '']) => name)
        .filter((name) => name !== 'annotation');
      expect(listed).toHaveLength(136);
      expect(ANNOTATIONS.map(({ name }) => name).sort()).toEqual(listed.sort());
    },
  );
});
