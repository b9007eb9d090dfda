import { type ConfigMapKey, key } from './define-key.ts';
import {
  readBool,
  readBuffers,
  readInteger,
  readList,
  readRedirectCode,
  readSeconds,
  readSize,
  readText,
} from './parsers.ts';

/** What holds for all requests. */
export const HTTP_KEYS: readonly ConfigMapKey[] = Object.freeze([
  key('allow-backend-server-header', readBool, (value, { http }) => {
    http.allowBackendServerHeader = value;
  }),
  key('block-cidrs', readList, (value, { http }) => {
    http.blockCidrs = value;
  }),
  key('block-referers', readList, (value, { http }) => {
    http.blockReferers = value;
  }),
  key('block-user-agents', readList, (value, { http }) => {
    http.blockUserAgents = value;
  }),
  key('client-body-timeout', readSeconds, (value, { http }) => {
    http.clientBodyTimeout = value;
  }),
  key('client-header-buffer-size', readSize, (value, { http }) => {
    http.clientHeaderBufferSize = value;
  }),
  key('compute-full-forwarded-for', readBool, (value, { http }) => {
    http.computeFullForwardedFor = value;
  }),
  key('enable-real-ip', readBool, (value, { http }) => {
    http.enableRealIp = value;
  }),
  key('enable-underscores-in-headers', readBool, (value, { http }) => {
    http.underscoresInHeaders = value;
  }),
  key('forwarded-for-header', readText, (value, { http }) => {
    http.forwardedForHeader = value;
  }),
  key('generate-request-id', readBool, (value, { http }) => {
    http.generateRequestId = value;
  }),
  key('hide-headers', readList, (value, { http }) => {
    http.hideHeaders = value;
  }),
  key('hsts', readBool, (value, { http }) => {
    http.hsts = value;
  }),
  key('hsts-include-subdomains', readBool, (value, { http }) => {
    http.hstsIncludeSubdomains = value;
  }),
  key('hsts-max-age', readInteger, (value, { http }) => {
    http.hstsMaxAge = value;
  }),
  key('hsts-preload', readBool, (value, { http }) => {
    http.hstsPreload = value;
  }),
  key('http-redirect-code', readRedirectCode, (value, { http }) => {
    http.httpRedirectCode = value;
  }),
  key('ignore-invalid-headers', readBool, (value, { http }) => {
    http.ignoreInvalidHeaders = value;
  }),
  key('keep-alive', readInteger, (value, { http }) => {
    http.keepAlive = value;
  }),
  key('keep-alive-requests', readInteger, (value, { http }) => {
    http.keepAliveRequests = value;
  }),
  key('large-client-header-buffers', readBuffers, (value, { http }) => {
    http.largeClientHeaderBuffers = value;
  }),
  key('limit-conn-status-code', readInteger, (value, { http }) => {
    http.limitConnStatusCode = value;
  }),
  key('limit-conn-zone-variable', readText, (value, { http }) => {
    http.limitConnZoneVariable = value;
  }),
  key('limit-req-status-code', readInteger, (value, { http }) => {
    http.limitReqStatusCode = value;
  }),
  key('no-auth-locations', readList, (value, { http }) => {
    http.noAuthLocations = value;
  }),
  key('no-tls-redirect-locations', readList, (value, { http }) => {
    http.noTlsRedirectLocations = value;
  }),
  key('proxy-add-original-uri-header', readBool, (value, { http }) => {
    http.proxyAddOriginalUriHeader = value;
  }),
  key('proxy-real-ip-cidr', readList, (value, { http }) => {
    http.proxyRealIpCidr = value;
  }),
  key('retry-non-idempotent', readBool, (value, { http }) => {
    http.retryNonIdempotent = value;
  }),
  key('server-tokens', readBool, (value, { http }) => {
    http.serverTokens = value;
  }),
  key('ssl-ciphers', readText, (value, { http }) => {
    http.sslCiphers = value;
  }),
  key('ssl-prefer-server-ciphers', readBool, (value, { http }) => {
    http.sslPreferServerCiphers = value;
  }),
  key('upstream-keepalive-connections', readInteger, (value, { http }) => {
    http.upstreamKeepaliveConnections = value;
  }),
  key('use-forwarded-headers', readBool, (value, { http }) => {
    http.useForwardedHeaders = value;
  }),
  key('use-http2', readBool, (value, { http }) => {
    http.http2 = value;
  }),
]);
