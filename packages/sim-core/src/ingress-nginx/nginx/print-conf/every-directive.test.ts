import { describe, expect, test } from 'vitest';
import { ingressOf } from '../../testing/ingress-of.ts';
import { TestIngress } from '../../testing/test-ingress.ts';
import { DEFAULT_UPSTREAM, type NginxConfiguration, type Upstream } from '../configuration.ts';
import {
  type HttpDirectives,
  type LocationDirectives,
  type ProxySsl,
  parseNextUpstream,
  type ServerDirectives,
  type SessionAffinity,
  type SessionCookie,
  type TrafficShapingPolicy,
  type UpstreamDirectives,
} from '../directives.ts';
import { printConf } from '../print-conf.ts';

/*
 * A directive that is executed and not printed would make a lie of nginx.conf: for each, a value that the configuration
 * does not have (leaving one out does not compile) must change the text.
 */

type Others<D> = { readonly [K in keyof D]-?: NonNullable<D[K]> };

const configuration = (() => {
  const world = new TestIngress();
  for (const name of ['main', 'canary']) world.service(name, 2);
  const annotations = { affinity: 'cookie', 'custom-http-errors': '404', 'limit-rps': '5' };
  world.load([
    ingressOf('main', { host: 'app.test', paths: { '/api': 'main' }, annotations }),
    ingressOf('canary', {
      host: 'app.test',
      paths: { '/api': 'canary' },
      age: 1,
      annotations: { canary: 'true', 'canary-by-header': 'X-Canary' },
    }),
  ]);
  return world.start().proxy.running.configuration;
})();

function expectPrinted<D extends object>(others: Others<D>, changed: (change: Partial<D>) => NginxConfiguration): void {
  describe.each(Object.keys(others) as (keyof D & string)[])('%s', (name) => {
    test('is printed', () => {
      const change = { [name]: others[name] } as unknown as Partial<D>;
      expect(printConf(changed(change))).not.toBe(printConf(changed({})));
    });
  });
}

function withUpstream(name: string, change: (upstream: Upstream) => Upstream): NginxConfiguration {
  const upstreams = configuration.upstreams.map((each) => (each.name === name ? change(each) : each));
  return { ...configuration, upstreams };
}

const MAIN = 'default-main-80';

const PROXY_SSL: ProxySsl = {
  secret: 'default/tls',
  caPem: 'CA',
  certPem: 'CERT',
  keyPem: 'KEY',
  ciphers: 'DEFAULT',
  protocols: 'TLSv1.2',
  name: 'a.test',
  verify: 'on',
  verifyDepth: 1,
  serverName: 'on',
};

describe('in a location,', () => {
  const others: Others<LocationDirectives> = {
    proxySsl: PROXY_SSL,
    fastcgiIndex: 'index.php',
    fastcgiParams: ['SCRIPT_FILENAME', '/app/index.php'],
    sslRedirect: false,
    forceSslRedirect: true,
    preserveTrailingSlash: true,
    clientMaxBodySize: 5,
    proxyConnectTimeout: 1,
    proxySendTimeout: 1,
    proxyReadTimeout: 1,
    proxyNextUpstream: parseNextUpstream('off'),
    proxyNextUpstreamTimeout: 1,
    proxyNextUpstreamTries: 1,
    accessLog: false,
    proxyBuffering: true,
    proxyBufferSize: 8192,
    proxyBuffersNumber: 8,
    proxyBusyBuffersSize: 8192,
    proxyMaxTempFileSize: 0,
    proxyRequestBuffering: false,
    clientBodyBufferSize: 5,
    proxyHttpVersion: '1.0',
    proxyCookieDomain: 'a.test b.test',
    proxyCookiePath: '/a /b',
    proxyRedirectFrom: 'default',
    proxyRedirectTo: '/b',
    limitRate: 1024,
    limitRateAfter: 1024,
    absoluteRedirect: false,
    portInRedirect: true,
    rewriteLog: true,
    http2PushPreload: true,
    modsecurity: { enabled: true, owaspRules: false, transactionId: '' },
    opentelemetry: { enabled: true, operationName: '', trustIncomingSpans: true },
    backendProtocol: 'GRPC',
    upstreamVhost: 'other.test',
    connectionHeader: 'close',
    xForwardedPrefix: '/x',
    rewrite: { regex: 'x', replacement: '/y' },
    cors: {
      allowOrigin: ['*'],
      allowMethods: 'GET',
      allowHeaders: '',
      allowCredentials: true,
      exposeHeaders: '',
      maxAge: 1,
    },
    deny: ['192.0.2.1'],
    allow: ['192.0.2.1'],
    authBasic: { type: 'basic', realm: '', users: [] },
    authRequest: {
      url: 'http://auth.test',
      method: '',
      responseHeaders: [],
      signin: '',
      requestRedirect: '',
      proxySetHeaders: [],
      alwaysSetCookie: false,
      cacheKey: '',
      cacheValid: [],
    },
    satisfy: 'any',
    limitReq: [{ zone: 'z', limit: 1, per: 'second', burst: 5 }],
    limitConn: { zone: 'z', connections: 1 },
    limitAllowlist: ['192.0.2.1'],
    mirror: { target: 'http://mirror.test', host: 'mirror.test', requestBody: true },
    customHttpErrors: [500],
    interceptErrors: false,
    errorBackend: MAIN,
    customHeaders: ['X-Own', '1'],
    return: { status: 418 },
    denied: 'because',
  };
  expectPrinted(others, (change) => ({
    ...configuration,
    servers: configuration.servers.map((server) => ({
      ...server,
      locations: server.locations.map((location) => ({
        ...location,
        directives: { ...location.directives, proxyRedirectFrom: '/a', ...change },
      })),
    })),
  }));
});

describe('in a server,', () => {
  const others: Others<ServerDirectives> = {
    proxySsl: PROXY_SSL,
    serverAlias: ['alias.test'],
    appRoot: '/app',
    redirectTo: 'www.test',
    clientVerification: {
      secret: 'default/ca',
      caPem: 'CA',
      crlPem: '',
      verifyClient: 'on',
      verifyDepth: 1,
      errorPage: '',
      passCertificate: false,
    },
    clientNamePattern: 'CN=a',
    clientVerificationError: 'no Secret',
    sslCiphers: 'AES128-SHA256',
    sslPreferServerCiphers: false,
  };
  expectPrinted(others, (change) => ({
    ...configuration,
    servers: configuration.servers.map((server) => ({ ...server, directives: { ...server.directives, ...change } })),
  }));
});

describe('in http,', () => {
  const others: Others<HttpDirectives> = {
    httpPort: 8080,
    httpsPort: 8443,
    defaultServerPort: 8182,
    healthCheckPath: '/ready',
    clientBodyTimeout: 5000,
    clientHeaderBufferSize: 2048,
    largeClientHeaderBuffers: { number: 8, size: 16384 },
    keepAlive: 10,
    keepAliveRequests: 100,
    http2: false,
    serverTokens: true,
    hsts: false,
    hstsMaxAge: 1,
    hstsIncludeSubdomains: false,
    hstsPreload: true,
    httpRedirectCode: 301,
    useForwardedHeaders: false,
    computeFullForwardedFor: true,
    forwardedForHeader: 'X-Other',
    underscoresInHeaders: true,
    ignoreInvalidHeaders: false,
    proxyAddOriginalUriHeader: true,
    allowBackendServerHeader: true,
    generateRequestId: false,
    hideHeaders: ['X-Secret'],
    retryNonIdempotent: true,
    upstreamKeepaliveConnections: 0,
    enableRealIp: true,
    proxyRealIpCidr: ['10.0.0.0/8'],
    blockCidrs: ['10.0.0.0/8'],
    blockUserAgents: ['~*bot'],
    blockReferers: ['~*spam'],
    limitConnZoneVariable: '$http_x_user',
    logFormat: { text: '$status', escape: 'json' },
    skipAccessLogUrls: ['/healthz'],
    noAuthLocations: ['/api'],
    noTlsRedirectLocations: ['/api'],
    limitReqStatusCode: 429,
    limitConnStatusCode: 429,
    accessLogForDefaultBackend: true,
    disableAccessLog: true,
    sslCiphers: 'AES128-SHA256',
    sslPreferServerCiphers: false,
    addHeaders: ['X-Added', '1'],
    proxySetHeaders: ['X-Set', '1'],
  };
  expectPrinted(others, (change) => ({
    ...configuration,
    http: { ...configuration.http, useForwardedHeaders: true, ...change },
  }));
});

describe('in an upstream,', () => {
  const others: Others<UpstreamDirectives> = {
    loadBalance: 'ewma',
    hashBy: '$request_uri',
    hashBySubset: false,
    hashBySubsetSize: 2,
    serviceUpstream: true,
  };
  expectPrinted(others, (change) =>
    withUpstream(DEFAULT_UPSTREAM, (upstream) => ({
      ...upstream,
      directives: { ...upstream.directives, hashBySubset: true, ...change },
    })),
  );
});

describe('in the policy of a canary,', () => {
  const others: Others<TrafficShapingPolicy> = {
    weight: 5,
    weightTotal: 200,
    header: 'X-Other',
    headerValue: 'yes',
    headerPattern: '^y',
    cookie: 'c',
  };
  expectPrinted(others, (change) =>
    withUpstream('default-canary-80', (upstream) => ({
      ...upstream,
      trafficShaping: { ...(upstream.trafficShaping as TrafficShapingPolicy), ...change },
    })),
  );
});

describe('of session affinity,', () => {
  const withAffinity = (change: Partial<SessionAffinity>) =>
    withUpstream(MAIN, (upstream) => ({
      ...upstream,
      sessionAffinity: { ...(upstream.sessionAffinity as SessionAffinity), ...change },
    }));
  const affinity = configuration.upstreams.find(({ name }) => name === MAIN)?.sessionAffinity as SessionAffinity;
  const cookie: Others<Omit<SessionCookie, 'secure'>> & { secure: boolean } = {
    name: 'other',
    expires: '1',
    maxAge: '1',
    path: '/p',
    domain: 'app.test',
    sameSite: 'Lax',
    conditionalSameSiteNone: true,
    secure: true,
    changeOnFailure: true,
  };
  const others: Others<SessionAffinity> = {
    mode: 'persistent',
    cookie: { ...affinity.cookie, name: 'other' },
    locations: { 'other.test': ['/'] },
  };
  expectPrinted(others, withAffinity);
  describe('its cookie:', () => {
    expectPrinted<SessionCookie>(cookie as Others<SessionCookie>, (change) =>
      withAffinity({ cookie: { ...affinity.cookie, ...change } }),
    );
  });
});
