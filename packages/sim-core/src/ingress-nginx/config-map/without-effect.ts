/** Why a key does nothing here. */
export interface WithoutEffect {
  /** In words that fit behind "has no effect:". */
  readonly reason: string;
  /** False where requests go the same with it and without. */
  readonly missed: boolean;
}

const TLS = 'how TLS is spoken is left to the platform that ends it';
const WORKERS = 'there is one process, with no workers, hash tables and files of its own';
const HTTP2_LIMITS = 'nginx itself no longer knows it, or HTTP/2 keeps the limits of the platform';
const COMPRESSION = 'answers go to the client as the pod sent them, uncompressed or not';
const STREAM = 'TCP and UDP services are not simulated';
const FILES = 'the logs are the output of the container';
const GEOIP = 'there is no database of addresses';
const SNIPPETS = 'snippets of nginx.conf and Lua plugins are not run';
const MODSECURITY = 'there is no web application firewall';
const TRACES = 'spans go nowhere; only the header traceparent is passed on';
const PROXY_PROTOCOL = 'addresses of clients come through without it';
const KEEPALIVE = 'connections to pods are not kept, so they cannot grow old';
const LISTEN = 'the controller listens on the address of its pod';

/**
 * Keys of the ConfigMap that ingress-nginx knows and that do nothing here, with the reason
 * (internal/ingress/controller/config/config.go).
 */
export const KEYS_WITHOUT_EFFECT: ReadonlyMap<string, WithoutEffect> = new Map([
  ...because(TLS, [
    'ssl-buffer-size',
    'ssl-dh-param',
    'ssl-early-data',
    'ssl-ecdh-curve',
    'ssl-protocols',
    'ssl-reject-handshake',
    'ssl-session-cache',
    'ssl-session-cache-size',
    'ssl-session-ticket-key',
    'ssl-session-tickets',
    'ssl-session-timeout',
  ]),
  ...withoutLoss(WORKERS, [
    'worker-processes',
    'worker-cpu-affinity',
    'worker-shutdown-timeout',
    'worker-serial-reloads',
    'enable-worker-serial-reloads',
    'max-worker-connections',
    'max-worker-open-files',
    'enable-multi-accept',
    'enable-aio-write',
    'map-hash-bucket-size',
    'proxy-headers-hash-bucket-size',
    'proxy-headers-hash-max-size',
    'server-name-hash-bucket-size',
    'server-name-hash-max-size',
    'variables-hash-bucket-size',
    'variables-hash-max-size',
    'debug-connections',
    'lua-shared-dicts',
  ]),
  ...because(HTTP2_LIMITS, [
    'http2-max-concurrent-streams',
    'http2-max-field-size',
    'http2-max-header-size',
    'http2-max-requests',
  ]),
  ...because(COMPRESSION, [
    'use-gzip',
    'gzip-disable',
    'gzip-level',
    'gzip-min-length',
    'gzip-types',
    'enable-brotli',
    'brotli-level',
    'brotli-min-length',
    'brotli-types',
  ]),
  ...because(STREAM, [
    'disable-stream-access-log',
    'log-format-stream',
    'proxy-stream-next-upstream',
    'proxy-stream-next-upstream-timeout',
    'proxy-stream-next-upstream-tries',
    'proxy-stream-responses',
    'proxy-stream-timeout',
    'stream-access-log-path',
    'stream-snippet',
  ]),
  ...because(FILES, [
    'access-log-params',
    'access-log-path',
    'http-access-log-path',
    'error-log-level',
    'error-log-path',
    'enable-syslog',
    'syslog-host',
    'syslog-port',
  ]),
  ...because(GEOIP, ['use-geoip', 'use-geoip2', 'geoip2-autoreload-in-minutes']),
  ...because(SNIPPETS, ['main-snippet', 'http-snippet', 'server-snippet', 'location-snippet', 'plugins']),
  ...because(MODSECURITY, ['enable-modsecurity', 'enable-owasp-modsecurity-crs', 'modsecurity-snippet']),
  ...because(TRACES, [
    'opentelemetry-config',
    'opentelemetry-operation-name',
    'otel-max-export-batch-size',
    'otel-max-queuesize',
    'otel-sampler',
    'otel-sampler-parent-based',
    'otel-sampler-ratio',
    'otel-schedule-delay-millis',
    'otel-service-name',
    'otlp-collector-host',
    'otlp-collector-port',
  ]),
  ...withoutLoss(PROXY_PROTOCOL, ['use-proxy-protocol', 'proxy-protocol-header-timeout']),
  ...withoutLoss(KEEPALIVE, ['upstream-keepalive-requests', 'upstream-keepalive-time', 'upstream-keepalive-timeout']),
  ...withoutLoss(LISTEN, [
    'bind-address',
    'disable-ipv6',
    'disable-ipv6-dns',
    'reuse-port',
    'nginx-status-ipv4-whitelist',
    'nginx-status-ipv6-whitelist',
  ]),
  ...withoutLoss('only bodies that nginx makes up itself have it, and no annotation lets it make up any', [
    'default-type',
  ]),
  ...because('who sends half a head is cut off after the time that nginx waits by default', ['client-header-timeout']),
  ...withoutLoss('messages of gRPC go through as they come', ['grpc-buffer-size-kb']),
]);

function because(reason: string, keys: readonly string[], missed = true): [key: string, why: WithoutEffect][] {
  return keys.map((key) => [key, { reason, missed }]);
}

/** What only the real thing needs: requests go as they should. */
function withoutLoss(reason: string, keys: readonly string[]): [key: string, why: WithoutEffect][] {
  return because(reason, keys, false);
}
