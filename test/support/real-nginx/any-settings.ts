import fc from 'fast-check';
import { expect } from 'vitest';
import { ANNOTATIONS } from '../../../packages/sim-core/src/ingress-nginx/annotations/index.ts';
import { CONFIG_MAP_KEYS } from '../../../packages/sim-core/src/ingress-nginx/config-map/keys.ts';
import { ingressOf } from '../../../packages/sim-core/src/ingress-nginx/testing/ingress-of.ts';
import { configMapOf, secretOf } from '../../../packages/sim-core/src/ingress-nginx/testing/served.ts';
import { TestIngress } from '../../../packages/sim-core/src/ingress-nginx/testing/test-ingress.ts';
import { NGINX_TAKES_IT, nginxFiles, nginxSays } from '../nginx.ts';

/** An Ingress beside another one, and the controller's ConfigMap. */
export interface AnySettings {
  readonly annotations: Readonly<Record<string, string>>;
  readonly config: Readonly<Record<string, string>>;
  readonly path: string;
  readonly pathType: string;
  readonly host: string;
}

/** What people write, and what they should not. */
const WORDS = [
  '',
  'true',
  'false',
  'on',
  'off',
  'yes',
  '0',
  '1',
  '-1',
  '2',
  '5',
  '100',
  '300',
  '404,503',
  '499',
  '99999',
  '0x10',
  '1k',
  '4k',
  '8k',
  '1m',
  '1g',
  '15b',
  '1 m',
  '5s',
  '1h',
  'abc',
  'a b',
  'a b c',
  '$',
  '$$',
  '${',
  '${x',
  '${host}',
  '$host',
  '$1',
  '$1x',
  '${1}',
  '$nobody',
  '$http_x_a',
  '/',
  '/x',
  '/$1',
  '/x/$2',
  '~',
  '~*',
  '~^a',
  '~(',
  '~^(?<n>a)$',
  '*',
  '*.a.test',
  'a.*',
  '.a.test',
  'a..b',
  'http://a.test',
  'https://$host/$1',
  'http://a.test:99999',
  '10.0.0.0/8',
  '10.0.0.1',
  '300.1.1.1',
  '::/0',
  'all',
  'GET',
  'GET, PUT',
  'X-A, X-B',
  'X-A:',
  'HIGH:!aNULL',
  'foo',
  '!ALL',
  '@STRENGTH',
  'default',
  'error timeout',
  'error http_503',
  'error nonsense',
  'a=b',
  '"',
  "'",
  '\\',
  ';',
  '{',
  '}',
  '#',
  'a;b',
  'a{b',
  'ü',
  'a.test b.test',
  '~a b',
  '/a /b',
  'default/own',
  'own',
  'none',
  'default/users',
  'users',
  '200 5m',
  '200',
  '5m',
];

const names = ANNOTATIONS.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
const exampleOf = new Map(ANNOTATIONS.map(({ name, example }) => [name, example]));

function valueFor(example: string | undefined): fc.Arbitrary<string> {
  const word = fc.constantFrom(...WORDS);
  const free = fc.string({ unit: fc.constantFrom(...'aZ09-._~/:$[](){}*+?|&=\\, ;#"\'@!<>%^'), maxLength: 12 });
  if (example === undefined) return fc.oneof({ weight: 4, arbitrary: word }, free);
  const near = fc.tuple(fc.constant(example), word).map(([own, other]) => `${own}${other}`);
  return fc.oneof({ weight: 3, arbitrary: fc.constant(example) }, { weight: 4, arbitrary: word }, near, free);
}

/** One to four of the names, each with a value. */
function some(all: readonly string[], example: (name: string) => string | undefined, min: number) {
  return fc
    .uniqueArray(fc.constantFrom(...all), { minLength: min, maxLength: 4 })
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((name) => [name, valueFor(example(name))]))));
}

/** Together with what they need to act. */
const COMPANIONS: Readonly<Record<string, string>> = Object.freeze({
  'enable-cors': 'true',
  'auth-url': 'http://auth.test/x',
  'auth-type': 'basic',
  'auth-secret': 'users',
  'mirror-target': 'http://m.test$request_uri',
  'limit-rps': '5',
  affinity: 'cookie',
});

export const anySettings: fc.Arbitrary<AnySettings> = fc.record({
  annotations: fc
    .tuple(
      some(names, (name) => exampleOf.get(name), 1),
      fc.subarray(Object.entries(COMPANIONS), { maxLength: 2 }),
    )
    .map(([own, more]) => ({ ...Object.fromEntries(more), ...own })),
  config: fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    some(
      CONFIG_MAP_KEYS.map(({ name }) => name),
      () => undefined,
      1,
    ),
  ),
  path: fc.constantFrom('/', '/foo', '/foo/', '/foo/(.*)', '/a b', '/x$', '/{a}', '/"q"', '/ü'),
  pathType: fc.constantFrom('Prefix', 'Exact', 'ImplementationSpecific'),
  host: fc.constantFrom('app.test', '*.app.test', ''),
});

/** What a stock nginx has no say in: its version, modules and names that it would have to look up. */
const NOT_CONTENT = /host not found in|unknown directive|no resolver defined|key too small|could not build/;

/**
 * Runs the controller on the settings, and holds what nginx says of its nginx.conf against what we say. Of several mistakes
 * nginx names the one that stands first in its file: that must be one that we name as well, once the others are gone.
 */
export function expectNginxAgrees(settings: AnySettings): void {
  const { replica, refused } = controllerOf(settings);
  const said = nginxSays(nginxFiles(refused ?? replica.proxy.running.configuration));
  if (NOT_CONTENT.test(said)) return;
  if (refused === undefined) {
    expect(said).toMatch(NGINX_TAKES_IT);
    return;
  }
  if (takesInLines(settings)) return;
  const words = wordsOf(replica);
  if (said.includes(words)) return;
  const ours = [words, ...without(settings).map((each) => wordsOf(controllerOf(each).replica))].filter(Boolean);
  if (ours.some((each) => OPEN_QUOTE.test(each))) expect(said).toContain('[emerg]');
  else
    expect(
      ours.some((each) => said.includes(each)),
      `${said} – ${ours.join(' – ')}`,
    ).toBe(true);
}

/** A comment in a value takes in the `;` and what follows: nginx may even read something that it takes; we do not. */
function takesInLines({ annotations, config }: AnySettings): boolean {
  return [...Object.values(annotations), ...Object.values(config)].some((value) => /(^|[\s,;])#/.test(value));
}

/** A quote that is not closed: what nginx stumbles over is whatever stands behind the next one in the file. */
const OPEN_QUOTE = /^unexpected end of file/;

/** The same settings, each time without one of them. */
function without(settings: AnySettings): AnySettings[] {
  const less = (all: Readonly<Record<string, string>>) =>
    Object.keys(all).map((name) => Object.fromEntries(Object.entries(all).filter(([other]) => other !== name)));
  return [
    ...less(settings.annotations).map((annotations) => ({ ...settings, annotations })),
    ...less(settings.config).map((config) => ({ ...settings, config })),
  ];
}

/** What we refuse the configuration with, without its place; '' where we take it. */
function wordsOf(replica: ReturnType<TestIngress['start']>): string {
  if (replica.refused() === undefined) return '';
  return replica
    .failure()
    .replace(/^nginx: \[emerg\] /, '')
    .replace(/:\d+$/, '');
}

function controllerOf({ annotations, config, path, pathType, host }: AnySettings) {
  const world = new TestIngress();
  for (const name of ['web', 'other']) world.service(name);
  world.load([secretOf('users', { auth: 'foo:{PLAIN}bar' }), configMapOf('own', { 'X-Own': 'own $host' })]);
  world.configure({ 'global-allowed-response-headers': 'X-Own', ...config });
  world.load([
    ingressOf('plain', { host: 'plain.test', paths: { '/': 'other' } }),
    ingressOf('any', {
      ...(host !== '' && { host }),
      paths: { [path]: { service: 'web', pathType } },
      annotations,
      age: 1,
    }),
  ]);
  const replica = world.start();
  return { replica, refused: replica.refused() };
}
