import { describe, expect, it } from 'vitest';
import { app, canary, diagnoses, FILE, file, type IngressLook, ingress } from './testing/canary-yaml.ts';
import { lineOf } from './testing/lesson.ts';

const APPS = file(app('web'), app('web-canary'));

/** A cluster with a main and these documents beside it; what the doctor says first. */
function first(...documents: readonly string[]) {
  const text = file(APPS, ...documents);
  const found = diagnoses(text);
  return { text, found, first: found[0], at: `${found[0]?.source?.file}:${found[0]?.source?.line}` };
}

const place = (text: string, needle: string, nth = 1) => `${FILE}:${lineOf(text, needle, nth)}`;

/** Cases that need a main as it should be, and one canary. */
type Case = readonly [
  what: string,
  look: IngressLook,
  annotations: readonly string[],
  reason: string,
  needle: string,
  nth?: number,
];

const CANARIES: readonly Case[] = [
  ['another host', { host: 'shopp.test' }, [], 'CanaryWithoutMain', 'shopp.test'],
  ['a wildcard beside a concrete host', { host: '*.test' }, [], 'CanaryWithoutMain', '*.test'],
  ['no host', { host: '' }, [], 'CanaryWithoutMain', '- http:'],
  ['another path', { path: '/v2' }, [], 'CanaryWithoutMain', 'path: /v2'],
  ['another type of path', { pathType: 'Exact' }, [], 'CanaryWithoutMain', 'pathType: Exact'],
  ['another class', { className: 'ngnix' }, [], 'IngressNotServed', 'ngnix'],
  ['no class', { className: undefined }, [], 'IngressNotServed', 'spec:', 8],
  ['no Service of that name', { service: 'web-cannary' }, [], 'BackendServiceNotFound', 'web-cannary'],
  ['a port that the Service has not', { port: 8080 }, [], 'BackendPortNotFound', 'number: 8080'],
  ['the Service of its main', { service: 'web' }, [], 'CanaryIsMainService', '            name: web', 2],
  ['weight 0', {}, ['canary-weight: "0"'], 'CanaryGetsNothing', 'canary-weight: "0"'],
  ['no weight, header or cookie', {}, ['canary-weight-total: "200"'], 'CanaryGetsNothing', 'canary: "true"'],
  ['a weight with a percent sign', {}, ['canary-weight: "5%"'], 'CanaryWeightNotInteger', 'canary-weight: "5%"'],
  [
    'a total below 100',
    {},
    ['canary-weight: "5"', 'canary-weight-total: "10"'],
    'CanaryWeightTotalHasNoEffect',
    'weight-total',
  ],
  ['a value without a header', {}, ['canary-by-header-value: beta'], 'CanaryGetsNothing', 'canary: "true"'],
  [
    'a pattern with a comma',
    {},
    ['canary-by-header: X-User', "canary-by-header-pattern: '^u[0-9]{1,3}$'"],
    'CanaryAnnotationInvalid',
    'pattern',
  ],
  [
    'a pattern that does not compile',
    {},
    ['canary-by-header: X-User', "canary-by-header-pattern: '('"],
    'CanaryPatternBroken',
    'pattern',
  ],
  [
    'an annotation that only counts on the main',
    {},
    ['canary-weight: "5"', 'proxy-body-size: 8m'],
    'AnnotationIgnoredOnCanary',
    'proxy-body-size',
  ],
];

describe('why a canary gets nothing: the right item first, at its line', () => {
  it.each(CANARIES.map((each): [string, Case] => [each[0], each]))(
    '%s',
    (_, [, look, annotations, reason, needle, nth = 1]) => {
      const { text, first: found, at } = first(ingress(), canary(look, ...annotations));
      expect([found?.reason, at]).toEqual([reason, place(text, needle, nth)]);
      expect(found?.fix).not.toBe('');
    },
  );

  it('names both lines where host, path or type differ', () => {
    for (const [look, needle] of [
      [{ host: 'shopp.test' }, 'host: "shop.test"'],
      [{ path: '/v2' }, 'path: /\n'],
      [{ pathType: 'Exact' }, 'pathType: Prefix'],
    ] as const) {
      const { text, first: found } = first(ingress(), canary(look));
      expect(found?.message).toContain(`${FILE}:${lineOf(`${text}\n`, needle.trim())}`);
      expect(found?.fix).toContain(`${FILE}:${found?.source?.line}`);
    }
  });

  it('no main at all, or one that is not served', () => {
    expect(first(canary()).first).toMatchObject({ reason: 'CanaryWithoutMain' });
    const { text, found, at } = first(ingress({ className: 'ngnix' }), canary());
    expect(found.map(({ reason }) => reason)).toEqual(['IngressNotServed', 'CanaryWithoutMain']);
    expect(at).toBe(place(text, 'ngnix'));
  });

  it('a missing mark: the Ingress asks for a path that another has', () => {
    const {
      text,
      first: found,
      at,
    } = first(ingress(), ingress({ name: 'canary', service: 'web-canary', annotations: ['canary-weight: "20"'] }));
    expect([found?.reason, at]).toEqual(['NotMarkedAsCanary', place(text, 'canary-weight')]);
    expect(found?.fix).toContain('canary: "true"');
  });

  it('no pods behind the canary: what keeps them away, with its line', () => {
    const scaled = file(app('web'), app('web-canary', 0), ingress(), canary());
    const [none] = diagnoses(scaled);
    expect(none).toMatchObject({ reason: 'CanaryWithoutEndpoints', source: { line: lineOf(scaled, 'replicas: 0') } });
    expect(none?.fix).toContain(`at ${place(scaled, 'replicas: 0')}`);
    const lost = file(
      app('web'),
      app('web-canary').replace(/(selector:\n {4}app: )web-canary/, '$1web-kanary'),
      ingress(),
      canary(),
    );
    const [mismatch] = diagnoses(lost);
    expect(mismatch).toMatchObject({ reason: 'CanaryWithoutEndpoints', source: { line: lineOf(lost, 'web-kanary') } });
    expect(mismatch?.message).toContain('the Service wants app=web-kanary');
  });

  it('no pods behind the main: 503 for everybody, the canary too', () => {
    const text = file(app('web', 0), app('web-canary'), ingress(), canary({}, 'canary-weight: "100"'));
    const [found] = diagnoses(text);
    expect(found).toMatchObject({
      reason: 'CanaryMainWithoutEndpoints',
      source: { line: lineOf(text, 'replicas: 0') },
    });
    expect(found?.message).toContain('503');
  });

  it('a second canary for one main', () => {
    const {
      text,
      first: found,
      at,
    } = first(ingress(), canary({ name: 'zz' }), canary({ name: 'aa', service: 'other' }), app('other'));
    expect([found?.reason, found?.object?.name, at]).toEqual(['SecondCanary', 'aa', place(text, 'path: /', 3)]);
  });

  it('a Service that an ordinary Ingress uses as well: the older of the two decides', () => {
    const direct = (name: string) => ingress({ name, host: 'direct.test', service: 'web-canary' });
    const younger = first(ingress(), canary(), direct('zz-direct'));
    expect([younger.first?.reason, younger.at]).toEqual([
      'CanaryServiceUsedDirectly',
      place(younger.text, '            name: web-canary'),
    ]);
    const older = first(ingress(), canary(), direct('aa-direct'));
    expect([older.first?.reason, older.first?.object?.name]).toEqual(['ServiceIsOnlyCanary', 'aa-direct']);
  });

  it('a canary of the main Service that is older than the main: the main is gone', () => {
    const { found, first: told } = first(ingress({ name: 'aa-main' }), canary({ name: 'zz-canary', service: 'web' }));
    expect(told).toMatchObject({ reason: 'ServiceIsOnlyCanary', object: { name: 'aa-main' } });
    expect(found.some(({ message }) => message.includes('404'))).toBe(true);
  });

  it('a main Service that another host shares', () => {
    const { text, first: found, at } = first(ingress(), canary(), ingress({ name: 'other', host: 'other.test' }));
    expect([found?.reason, at]).toEqual(['CanaryOnSharedService', place(text, '            name: web-canary')]);
    expect(found?.message).toContain(
      `other.test/ (Prefix) of Ingress default/other (${place(text, '            name: web', 3)})`,
    );
  });

  it('session affinity of the main', () => {
    const { text, first: found, at } = first(ingress({ annotations: ['affinity: cookie'] }), canary());
    expect([found?.reason, at]).toEqual(['CanaryAffinity', place(text, 'affinity')]);
  });

  it.each([
    ['a redirect', 'permanent-redirect: https://new.test', 'permanent-redirect'],
    ['a denied path', 'allowlist-source-range: nobody', 'allowlist-source-range'],
  ])('%s of the main that comes first', (_, annotation, needle) => {
    const { text, first: found, found: all } = first(ingress({ annotations: [annotation] }), canary());
    expect(all.map(({ reason }) => reason)).toContain('CanaryUnreached');
    expect(found?.source?.line).toBe(lineOf(text, needle));
  });

  it('an older path that takes every request of the main, as a regular expression', () => {
    const { first: found } = first(
      ingress({ path: '/api' }),
      canary({ path: '/api' }),
      ingress({
        name: 'wide',
        path: '/api.*',
        pathType: 'ImplementationSpecific',
        annotations: ['use-regex: "true"'],
        service: 'other',
      }),
      app('other'),
    );
    expect(found?.reason).toBe('CanaryUnreached');
    expect(found?.message).toContain('taken by /api.*');
  });

  it('says nothing of canaries that work', () => {
    for (const annotations of [
      ['canary-weight: "5"'],
      ['canary-weight: "5"', 'canary-weight-total: "1000"'],
      ['canary-by-header: X-Beta'],
      ['canary-by-header: X-Beta', 'canary-by-header-value: "yes"', 'canary-weight: "5"'],
      ['canary-by-header: X-Beta', 'canary-by-header-pattern: ^u[0-9]+$'],
      ['canary-by-cookie: beta'],
    ])
      expect(first(ingress(), canary({}, ...annotations)).found).toEqual([]);
  });
});
