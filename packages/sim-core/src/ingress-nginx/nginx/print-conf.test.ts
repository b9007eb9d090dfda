import { describe, expect, test } from 'vitest';
import { NGINX_TAKES_IT, nginxFiles, nginxSays } from '../../../../../test/support/nginx.ts';
import { available } from '../../../../../test/support/tools.ts';
import { ingressOf } from '../testing/ingress-of.ts';
import { secretOf } from '../testing/served.ts';
import { TestIngress } from '../testing/test-ingress.ts';
import { compileServers } from './compile.ts';
import type { NginxConfiguration } from './configuration.ts';
import { printConf } from './print-conf.ts';

const hasNginx = available('nginx');

function configurationOf(objects: readonly unknown[], config: Record<string, string> = {}): NginxConfiguration {
  const world = new TestIngress();
  for (const name of ['main', 'canary', 'dead']) world.service(name, name === 'dead' ? 0 : 2);
  world.load([secretOf('users', { auth: 'foo:{PLAIN}bar' })]);
  world.configure(config);
  world.load(objects);
  return world.start().proxy.running.configuration;
}

function confOf(objects: readonly unknown[], config: Record<string, string> = {}): string {
  return printConf(configurationOf(objects, config));
}

const canary = (annotations: Record<string, string>) => [
  ingressOf('main', { host: 'app.test', paths: { '/': 'main' } }),
  ingressOf('canary', {
    host: 'app.test',
    paths: { '/': 'canary' },
    annotations: { canary: 'true', ...annotations },
    age: 1,
  }),
];

const CASES: Readonly<Record<string, readonly unknown[]>> = {
  nothing: [],
  'one host': [ingressOf('web', { host: 'app.test', paths: { '/': 'main', '/api': 'dead' } })],
  'no host': [ingressOf('web', { paths: { '/': 'main' } })],
  'wildcard and alias': [
    ingressOf('web', {
      host: '*.foo.test',
      paths: { '/': 'main' },
      annotations: { 'server-alias': 'b.test,~^c\\d+\\.test$' },
    }),
  ],
  'canary by weight': canary({ 'canary-weight': '5' }),
  'canary by everything': canary({
    'canary-by-header': 'FOO',
    'canary-by-header-value': 'bar',
    'canary-by-cookie': 'c',
  }),
  'default backend': [ingressOf('web', { defaultBackend: 'main' })],
  tls: [
    ingressOf('web', { host: 'app.test', paths: { '/': 'main' }, tls: [{ hosts: ['app.test'], secretName: 'none' }] }),
  ],
  'odd paths': [
    ingressOf('web', {
      host: 'app.test',
      paths: { '/a b"c': 'main', '/$x{1}': 'main', '/;#\\': 'main', '/ü': 'main' },
    }),
  ],
  rewrites: [
    ingressOf('web', {
      host: 'app.test',
      paths: { '/x(/|$)(.*)': 'main', '/y"z': 'main' },
      annotations: {
        'rewrite-target': '/$2',
        'x-forwarded-prefix': '/x',
        'app-root': '/x',
        'from-to-www-redirect': 'true',
      },
    }),
  ],
  redirect: [
    ingressOf('web', {
      host: 'app.test',
      paths: { '/': 'main' },
      annotations: { 'permanent-redirect': 'https://n.test/?a=b' },
    }),
  ],
  'access and limits': [
    ingressOf('web', {
      host: 'app.test',
      paths: { '/': 'main' },
      annotations: {
        'allowlist-source-range': '10.0.0.0/8,2001:db8::/32',
        'denylist-source-range': '10.1.0.1',
        'auth-type': 'basic',
        'auth-secret': 'users',
        'auth-realm': 'Members only',
        satisfy: 'any',
        'limit-rps': '5',
        'limit-rpm': '60',
        'limit-connections': '3',
        'limit-allowlist': '10.0.0.1',
      },
    }),
  ],
  'cors, sessions and errors': [
    ingressOf('web', {
      host: 'app.test',
      paths: { '/': 'main' },
      annotations: {
        'enable-cors': 'true',
        'cors-allow-origin': 'https://*.a.test,https://b.test',
        'cors-expose-headers': 'X-A',
        affinity: 'cookie',
        'custom-http-errors': '404,503',
        'default-backend': 'canary',
        'upstream-vhost': '$service_name.internal',
      },
    }),
  ],
  'other services': [
    ingressOf('web', {
      host: 'app.test',
      paths: { '/': 'main' },
      annotations: {
        'auth-url': 'http://a.test/$request_uri',
        'auth-signin': 'https://l.test/in',
        'mirror-target': 'http://m.test$request_uri',
        'upstream-hash-by': '$request_uri',
        'connection-proxy-header': 'close',
      },
    }),
    ...['HTTPS', 'AUTO_HTTP', 'GRPC', 'FCGI'].map((protocol, age) =>
      ingressOf(`p${age}`, {
        host: `p${age}.test`,
        paths: { '/': 'main' },
        annotations: { 'backend-protocol': protocol },
        age,
      }),
    ),
  ],
  annotations: [
    ingressOf('web', {
      host: 'app.test',
      paths: { '/': 'main' },
      annotations: {
        'proxy-body-size': '0',
        'proxy-next-upstream': 'error http_502 non_idempotent',
        'proxy-read-timeout': '3',
        'enable-access-log': 'false',
        'force-ssl-redirect': 'true',
      },
    }),
  ],
};

const CONFIGS: Readonly<Record<string, Record<string, string>>> = {
  'the defaults': {},
  'everything on': {
    'use-forwarded-headers': 'true',
    'compute-full-forwarded-for': 'true',
    'server-tokens': 'true',
    'hsts-preload': 'true',
    'proxy-add-original-uri-header': 'true',
    'allow-backend-server-header': 'true',
    'enable-underscores-in-headers': 'true',
    'disable-access-log': 'true',
  },
};

describe.skipIf(!hasNginx)('nginx takes', () => {
  const cases = Object.entries(CASES).flatMap(([name, objects]) =>
    Object.entries(CONFIGS).map(([configName, config]) => [`${name}, with ${configName}`, objects, config] as const),
  );
  test.each(cases)('%s', (_name, objects, config) => {
    expect(nginxSays(nginxFiles(configurationOf(objects, config)))).toMatch(NGINX_TAKES_IT);
  });

  test('and refuses what we refuse: two equal locations', () => {
    const configuration = configurationOf(CASES['one host'] ?? []);
    const servers = configuration.servers.map((server) => ({
      ...server,
      locations: server.hostname === 'app.test' ? [...server.locations, ...server.locations] : server.locations,
    }));
    const twice = { ...configuration, servers };
    const refusal = '[emerg] duplicate location "/"';
    expect(() => compileServers(twice)).toThrow(`nginx: ${refusal}`);
    expect(nginxSays(nginxFiles(twice))).toContain(refusal.replace('[emerg] ', ''));
  });
});

test('a reader finds servers, locations, endpoints and the canary’s rules', () => {
  const conf = confOf(canary({ 'canary-by-header': 'X-Canary', 'canary-weight': '5' }));
  expect(conf).toContain('server_name app.test;');
  expect(conf).toContain('proxy_pass http://default-main-80;');
  expect(conf).toMatch(/upstream default-main-80 \{\n(?:.*\n)*? +server 10\.244\.0\.\d+:8080; # default\/main-0\n/);
  expect(conf).toContain('# lua: alternative default-canary-80 (canary default/canary)');
  expect(conf).toContain('# lua:   1. header X-Canary: always, never');
  expect(conf).toContain('# lua:   2. weight 5 of 100');
});

test('a location with a header of its own repeats the others, each once', () => {
  const annotations = { 'upstream-vhost': 'other.test' };
  const conf = confOf([ingressOf('web', { host: 'app.test', paths: { '/': 'main' }, annotations })]);
  const location = conf.slice(conf.indexOf('server_name app.test;'));
  expect(location.match(/proxy_set_header Host /g)).toHaveLength(1);
  expect(location).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
});

test('the same configuration is the same text', () => {
  const objects = canary({ 'canary-weight': '5' });
  expect(confOf(objects)).toBe(confOf(objects));
});
