import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nginxFiles, nginxSays } from '../../../../../test/support/nginx.ts';
import { Versus } from '../../../../../test/support/real-nginx/versus.ts';
import { available } from '../../../../../test/support/tools.ts';
import { Random } from '../../sim/random.ts';
import { ingressOf } from '../testing/ingress-of.ts';
import { configMapOf, secretOf } from '../testing/served.ts';
import type { TestRequest } from '../testing/test-client.ts';
import { TestIngress } from '../testing/test-ingress.ts';
import type { NginxConfiguration } from './configuration.ts';

/*
 * The same configuration, executed by us and, printed, by a real nginx, in front of the same pods: whatever nginx has
 * directives for must come out the same. Random Ingresses, random settings and odd requests; only loopback is asked.
 */

const chance = new Random('real-nginx').fork('cases');
const pick = <T>(values: readonly T[]): T => values[chance.integer(0, values.length - 1)] as T;
const oneIn = (odds: number): boolean => chance.integer(1, odds) === 1;

const PATHS = [
  '/',
  '/foo',
  '/foo/',
  '/foo/bar',
  '/Foo',
  '/a b',
  '/ü',
  '/foo.bar',
  '/a',
  '/a/b/',
  '/x%20y',
  '/foo/(.*)',
  '/api(/|$)(.*)',
  '/v[0-9]+',
  '/(?<n>a)/x',
];
const TARGETS = ['', '', '', '/', '/$1', '/$2', '/x/$1', '/new', '/foo', 'https://e.test/$1', '$uri/y', '/$host/$1'];
const HOSTS = ['app.test', '*.app.test', undefined];
const ASKED_HOSTS = [
  'app.test',
  'APP.test',
  'x.app.test',
  'x.y.app.test',
  'other.test',
  'app.test:8080',
  'app.test.',
  'a_b.app.test',
  '-x.app.test',
];
const ASKED = [
  '/',
  '/foo',
  '/foo/',
  '/foo/bar',
  '/foo/bar/',
  '/foobar',
  '/FOO',
  '/a%20b',
  '/%C3%BC',
  '/%c3%bc/x',
  '/foo%2Fbar',
  '/foo/../a',
  '/a/./b/',
  '/a/b',
  '/a/b/c',
  '//foo',
  '/foo//bar',
  '/foo?x=1',
  '/foo/?x=1&y=%20',
  '/v1',
  '/v12/x',
  '/api',
  '/api/',
  '/api/x/y?z=1',
  '/apix',
  '/%2e%2e/x',
  '/foo/%2e%2e/a',
  '/zzz',
  '/foo.bar',
  '/fooxbar',
  '/a/x',
  '/x%2520y',
  '/foo/a%3Fb',
  '/foo/a%23b',
  '/foo/%7Ba%7D',
  '/foo/a+b',
  "/foo/a'b",
  '/foo/a"b',
  '/foo/a\\b',
  '/foo/%41',
  '/foo/..',
  '/foo/.',
  '/foo/...',
  '/..',
  '/foo/%00',
  '/foo/%zz',
  '/foo/%',
  '/foo#x',
  '/foo?a#b',
  '/foo/a;b',
  '/foo/a:b@c!$&()*,=',
];

/** One to three random Ingresses: hosts, paths, rewrites. */
function routes(): unknown[] {
  return Array.from({ length: chance.integer(1, 3) }, (_, age) => {
    const target = pick(TARGETS);
    const host = pick(HOSTS);
    const count = chance.integer(1, 3);
    const paths = Array.from({ length: count }, () => [
      pick(PATHS),
      { service: pick(['web', 'other']), pathType: pick(['Prefix', 'Exact']) },
    ]);
    const annotations = {
      ...(target === '' ? {} : { 'rewrite-target': target }),
      ...(oneIn(4) ? { 'use-regex': 'true' } : {}),
      ...(oneIn(6) ? { 'app-root': '/foo' } : {}),
      ...(oneIn(8) ? { 'permanent-redirect': 'http://p.test/x?y=1' } : {}),
    };
    return ingressOf(`i${age}`, {
      paths: Object.fromEntries(paths),
      annotations,
      age,
      ...(host === undefined ? {} : { host }),
    });
  });
}

/** Settings with what they need to act; each may stand beside each other. */
const SETTINGS: readonly (() => Record<string, string>)[] = [
  () => ({ 'rewrite-target': pick(['/$1', '/new', 'https://e.test/$1']), 'x-forwarded-prefix': pick(['/p', '/$x']) }),
  () => ({ 'app-root': '/foo' }),
  () => ({ 'from-to-www-redirect': 'true' }),
  () => ({
    'permanent-redirect': 'https://p.test/x?y=1',
    'permanent-redirect-code': pick(['301', '307', '308', '304']),
  }),
  () => ({ 'temporal-redirect': 'https://t.test', 'temporal-redirect-code': pick(['302', '303', '307']) }),
  () => ({ 'ssl-redirect': pick(['true', 'false']), 'preserve-trailing-slash': pick(['true', 'false']) }),
  () => ({ 'force-ssl-redirect': 'true', 'preserve-trailing-slash': pick(['true', 'false']) }),
  cors,
  cors,
  () => ({ 'allowlist-source-range': pick(['10.0.0.0/8', '127.0.0.0/8,::1', '127.0.0.1', '192.0.2.7', 'nonsense']) }),
  () => ({ 'denylist-source-range': pick(['10.0.0.0/8', '127.0.0.1', '192.0.2.0/24']) }),
  basic,
  basic,
  () => ({ satisfy: 'any' }),
  () => ({ 'limit-rpm': pick(['1', '2']), 'limit-burst-multiplier': pick(['1', '3']) }),
  () => ({ 'limit-rpm': '1', 'limit-allowlist': pick(['127.0.0.1', '10.0.0.0/8']) }),
  () => ({ 'proxy-body-size': pick(['5', '0', '1k', '1m', '-1']) }),
  () => ({ 'custom-http-errors': pick(['404', '418,503', '401,403', '301,308,404']) }),
  () => ({ 'custom-http-errors': '418,503', 'default-backend': pick(['errors', 'dead', 'teapot']) }),
  () => ({ 'default-backend': 'errors' }),
  () => ({ 'custom-http-errors': '418,404', 'disable-proxy-intercept-errors': 'true' }),
  () => ({ 'upstream-vhost': pick(['other.test', '$service_name.$namespace', '$host.x']) }),
  () => ({ 'connection-proxy-header': pick(['close', 'keep-alive']) }),
  () => ({ 'custom-headers': 'default/own' }),
  () => ({ 'proxy-next-upstream': pick(['off', 'error http_503 non_idempotent', 'http_404']) }),
  () => ({ 'server-alias': pick(['alias.test', '~^a\\d+\\.test$', 'x.app.test', '*.test', 'www.*', '.app.test']) }),
  () => ({ 'use-regex': 'true' }),
];

function cors(): Record<string, string> {
  return {
    'enable-cors': 'true',
    ...(oneIn(2) ? { 'cors-allow-origin': pick(['*', 'https://*.a.test', 'https://b.test, http://c.test:8080']) } : {}),
    ...(oneIn(3) ? { 'cors-allow-methods': 'GET, PUT' } : {}),
    ...(oneIn(3) ? { 'cors-allow-credentials': 'false' } : {}),
    ...(oneIn(3) ? { 'cors-expose-headers': 'X-A, X-B' } : {}),
    ...(oneIn(3) ? { 'cors-max-age': '7' } : {}),
  };
}

function basic(): Record<string, string> {
  const secret = pick(['users', 'users', 'users', 'missing']);
  return { 'auth-type': 'basic', 'auth-secret': secret, ...(oneIn(2) ? { 'auth-realm': 'Members only' } : {}) };
}

const CONFIG: readonly (() => Record<string, string>)[] = [
  () => ({ 'use-forwarded-headers': 'true' }),
  () => ({ 'use-forwarded-headers': 'true', 'compute-full-forwarded-for': 'true' }),
  () => ({ 'use-forwarded-headers': 'true', 'forwarded-for-header': 'X-Client-IP' }),
  () => ({ hsts: 'false' }),
  () => ({ 'hsts-max-age': '5', 'hsts-include-subdomains': 'false', 'hsts-preload': 'true' }),
  () => ({ 'http-redirect-code': '301' }),
  () => ({ 'no-tls-redirect-locations': '/foo' }),
  () => ({ 'add-headers': 'ingress-nginx/added' }),
  () => ({ 'proxy-set-headers': 'ingress-nginx/set' }),
  () => ({ 'enable-underscores-in-headers': 'true' }),
  () => ({ 'ignore-invalid-headers': 'false' }),
  () => ({ 'proxy-add-original-uri-header': 'true' }),
  () => ({ 'generate-request-id': 'false' }),
  () => ({ 'limit-req-status-code': '429' }),
  () => ({ 'custom-http-errors': '404,502' }),
  () => ({ 'denylist-source-range': '192.0.2.9' }),
  () => ({ 'proxy-body-size': '8' }),
  () => ({ 'force-ssl-redirect': 'true' }),
];

const SERVICES = ['web', 'web', 'web', 'other', 'dead', 'teapot', 'failing', 'refusing'];

function mix(pool: readonly (() => Record<string, string>)[], most: number): Record<string, string> {
  const parts = Array.from({ length: chance.integer(0, most) }, () => pick(pool)());
  return Object.assign({}, ...parts);
}

/** One or two Ingresses of one host with a few settings each. */
function settings(): { objects: unknown[]; config: Record<string, string> } {
  const tls = oneIn(2) ? { tls: [{ hosts: ['app.test'], secretName: 'none' }] } : {};
  const objects = Array.from({ length: chance.integer(1, 2) }, (_, age) => {
    const paths = Array.from({ length: chance.integer(1, 2) }, () => [
      pick(['/', '/foo', '/foo/(.*)', '/a/b/']),
      pick(SERVICES),
    ]);
    return ingressOf(`i${age}`, {
      host: pick(['app.test', 'app.test', '*.app.test']),
      paths: Object.fromEntries(paths),
      annotations: mix(SETTINGS, 4),
      age,
      ...tls,
    });
  });
  return { objects, config: mix(CONFIG, 2) };
}

const HEADERS: readonly (readonly string[])[] = [
  [],
  [],
  ['Origin', 'https://x.a.test'],
  ['Origin', 'https://b.test'],
  ['Origin', 'HTTP://C.TEST:8080'],
  ['Origin', 'https://evil.test'],
  ['Authorization', `Basic ${btoa('foo:bar')}`],
  ['Authorization', `Basic ${btoa('foo:bar')}`, 'Origin', 'https://b.test'],
  ['Authorization', `Basic ${btoa('foo:wrong')}`],
  ['Authorization', 'Bearer x'],
  ['Authorization', `basic  ${btoa('foo:bar')}`],
  [
    'X-Forwarded-For',
    '10.1.2.3',
    'X-Forwarded-Proto',
    'https',
    'X-Forwarded-Host',
    'front.test',
    'X-Forwarded-Port',
    '8443',
  ],
  ['X-Forwarded-For', '192.0.2.7, 10.0.0.1'],
  ['X-Forwarded-For', 'nonsense, 192.0.2.9', 'X-Client-IP', '192.0.2.1'],
  ['X-Forwarded-Proto', 'http', 'X-Forwarded-Host', 'a.test, b.test'],
  ['X-Request-ID', 'mine', 'Cookie', 'a=b', 'Cookie', 'c=d'],
  ['X_Under', '1', 'X-Set', 'mine', 'Proxy', 'evil', 'X-Real-IP', '1.2.3.4', 'X-Scheme', 'gopher'],
  ['X.Dot', '1', 'X-Code', '7', 'X-Namespace', 'mine', 'X-Forwarded-Prefix', '/mine'],
  ['User-Agent', 'Mozilla/5.0 Chrome/120.0', 'Accept', 'text/html'],
  ['Accept', 'application/json', 'TE', 'trailers', 'Keep-Alive', 'x'],
];

function request(): TestRequest {
  const method = pick(['GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'DELETE']);
  const body = method === 'POST' || method === 'PUT' ? { body: 'x'.repeat(pick([0, 4, 6, 8, 9, 2000])) } : {};
  const host = pick([
    'app.test',
    'app.test',
    'app.test',
    'x.app.test',
    'www.app.test',
    'alias.test',
    'a7.test',
    'app.test:8080',
  ]);
  return {
    method,
    host,
    path: pick([
      '/',
      '/',
      '/foo',
      '/foo/',
      '/foo/bar?x=1',
      '/foo/bar/',
      '/a/b',
      '/zzz',
      '/.well-known/acme-challenge/x',
    ]),
    scheme: pick(['http', 'http', 'https']),
    headers: pick(HEADERS),
    ...body,
    ...(body.body !== undefined && oneIn(3) ? { chunked: true } : {}),
  };
}

function newWorld(): TestIngress {
  const world = new TestIngress();
  for (const name of ['web', 'other', 'errors']) world.service(name);
  world.service('dead', 0);
  world.service('teapot', 1, 'status:418');
  world.service('failing', 1, 'status:503');
  world.service('refusing', 1, 'refuse');
  world.load([
    secretOf('users', { auth: `foo:{PLAIN}bar\nbaz:$apr1$x$y` }),
    configMapOf('own', { 'X-Own': 'own $host', 'X-Backend-Secret': '' }),
    configMapOf('added', { 'X-Added': 'a "b" $host' }, 'ingress-nginx'),
    configMapOf('set', { 'X-Set': 'to $host', 'X-Also': 'x' }, 'ingress-nginx'),
  ]);
  return world;
}

describe.skipIf(!available('nginx'))('a real nginx answers as we do:', () => {
  let versus: Versus;
  beforeAll(async () => {
    versus = await Versus.create();
  });
  afterAll(() => versus.close());

  async function compare(
    objects: readonly unknown[],
    config: Record<string, string>,
    requests: readonly TestRequest[],
  ) {
    const world = newWorld();
    world.configure({ 'global-allowed-response-headers': 'X-Own,X-Backend-Secret', ...config });
    world.load(objects);
    const replica = world.start();
    const refused = replica.refused();
    if (refused !== undefined) return expectRefused(refused, replica.failure());
    await versus.run(world, replica.proxy.running.configuration);
    for (const each of requests) {
      const { ours, real } = await versus.ask(each);
      expect(ours, JSON.stringify({ request: each, config, objects }, undefined, 1)).toEqual(real);
    }
  }

  /** Both refuse for the same reason, told alike but for the port. */
  function expectRefused(configuration: NginxConfiguration, failure: string): void {
    const reason = failure.replace(/^nginx: \[emerg\] /, '').replace(/:\d+$/, '');
    expect(nginxSays(nginxFiles(configuration))).toContain(reason);
  }

  test.each(Array.from({ length: 40 }, (_, i) => i))('hosts, paths and rewrites (%i)', async () => {
    const requests = Array.from({ length: 60 }, () => ({ host: pick(ASKED_HOSTS), path: pick(ASKED) }));
    await compare(routes(), {}, requests);
  });

  test.each(Array.from({ length: 120 }, (_, i) => i))('annotations and settings (%i)', async () => {
    const { objects, config } = settings();
    await compare(objects, config, Array.from({ length: 25 }, request));
  });
});
