import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../../../../../test/support/shared.ts';
import { readConfigMap } from '../config-map/keys.ts';
import { ANNOTATION_PREFIX, type IngressDirectives } from './define-annotation.ts';
import { ANNOTATIONS } from './index.ts';
import { NOT_SIMULATED } from './not-simulated.ts';
import { parseAnnotations } from './parse-annotations.ts';

const parse = (name: string, value: string) =>
  parseAnnotations({ [ANNOTATION_PREFIX + name]: value }, readConfigMap({}).location);

type Read = (directives: IngressDirectives) => unknown;
type Row = readonly [name: string, value: string, read: Read, expected: unknown];

const sslRedirect: Read = ({ location }) => location.sslRedirect;
const weight: Read = ({ policy }) => policy.weight;

/** What each annotation sets; values that the parser of its kind treats alike are in parsers.test.ts. */
const ROWS: readonly Row[] = [
  ['canary', 'true', ({ canary }) => canary, true],
  ['canary', '1', ({ canary }) => canary, true],
  ['canary', 'yes', ({ canary }) => canary, false],
  ['canary-by-cookie', 'c', ({ policy }) => policy.cookie, 'c'],
  ['canary-by-cookie', 'a,b', ({ policy }) => policy.cookie, ''],
  ['canary-by-header', 'FOO', ({ policy }) => policy.header, 'FOO'],
  ['canary-by-header', ' FOO ', ({ policy }) => policy.header, 'FOO'],
  ['canary-by-header', 'a;b', ({ policy }) => policy.header, ''],
  ['canary-by-header', '', ({ policy }) => policy.header, ''],
  ['canary-by-header-pattern', '^v[0-9]+$', ({ policy }) => policy.headerPattern, '^v[0-9]+$'],
  ['canary-by-header-pattern', '^u[0-9]{1,3}$', ({ policy }) => policy.headerPattern, ''],
  ['canary-by-header-value', 'bar', ({ policy }) => policy.headerValue, 'bar'],
  ['canary-by-header-value', 'a=b', ({ policy }) => policy.headerValue, ''],
  ['canary-weight', '5', weight, 5],
  ['canary-weight', ' 5 ', weight, 0],
  ['canary-weight', '5%', weight, 0],
  ['canary-weight', '5.5', weight, 0],
  ['canary-weight-total', '1000', ({ policy }) => policy.weightTotal, 1000],
  ['canary-weight-total', 'x', ({ policy }) => policy.weightTotal, 100],
  ['enable-access-log', 'false', ({ location }) => location.accessLog, false],
  ['force-ssl-redirect', 'true', ({ location }) => location.forceSslRedirect, true],
  ['preserve-trailing-slash', 'true', ({ location }) => location.preserveTrailingSlash, true],
  ['proxy-body-size', '8m', ({ location }) => location.clientMaxBodySize, 8 * 1024 ** 2],
  ['proxy-body-size', '0', ({ location }) => location.clientMaxBodySize, 0],
  ['proxy-connect-timeout', '10', ({ location }) => location.proxyConnectTimeout, 10_000],
  ['proxy-next-upstream', 'error http_502', ({ location }) => location.proxyNextUpstream.statuses, [502]],
  ['proxy-next-upstream', 'off', ({ location }) => location.proxyNextUpstream.error, false],
  ['proxy-next-upstream', 'nonsense', ({ location }) => location.proxyNextUpstream.text, 'error timeout'],
  ['proxy-next-upstream-timeout', '4', ({ location }) => location.proxyNextUpstreamTimeout, 4000],
  ['proxy-next-upstream-tries', '5', ({ location }) => location.proxyNextUpstreamTries, 5],
  ['proxy-read-timeout', '120', ({ location }) => location.proxyReadTimeout, 120_000],
  ['proxy-send-timeout', '120', ({ location }) => location.proxySendTimeout, 120_000],
  ['server-alias', 'b.test, a.test,b.test', ({ serverAlias }) => serverAlias, ['a.test', 'b.test']],
  ['ssl-redirect', 'false', sslRedirect, false],
  ['ssl-redirect', 'off', sslRedirect, true],
];

describe('each annotation', () => {
  test.each(ROWS)('%s: %j', (name, value, read, expected) => {
    expect(read(parse(name, value).directives)).toEqual(expected);
  });

  test('has a row here', () => {
    expect([...new Set(ROWS.map(([name]) => name))].sort()).toEqual(ANNOTATIONS.map(({ name }) => name).sort());
  });

  test.each(ANNOTATIONS.map((annotation) => [annotation.name, annotation] as const))(
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
    ['default', 'server-alias', '', false],
  ])('%s: %s', (effect, name, value, dropped) => {
    const parsed = parse(name, value);
    expect(parsed.problems).toEqual([
      { annotation: ANNOTATION_PREFIX + name, value, effect, reason: expect.stringMatching(/\S/) },
    ]);
    expect(parsed.dropped).toBe(dropped);
  });
});

describe('names', () => {
  test('what nobody knows means nothing', () => {
    expect(parse('no-such-annotation', 'x').problems).toEqual([]);
  });

  test('no name is both simulated and not', () => {
    const names = ANNOTATIONS.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    expect(names.filter((name) => NOT_SIMULATED.has(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test.skipIf(sharedPath('design', 'ingress-nginx.md') === undefined)(
    'every annotation of the release is one or the other',
    () => {
      const note = readFileSync(sharedPath('design', 'ingress-nginx.md') ?? '', 'utf8');
      const listed = [...note.matchAll(/^\| *★? *\| ([a-z0-9-]+) \|/gm)]
        .map(([, name = '']) => name)
        .filter((name) => name !== 'annotation');
      const known = new Set(ANNOTATIONS.map(({ name }) => name));
      expect(listed.length).toBeGreaterThan(100);
      expect(listed.filter((name) => !known.has(name) && !NOT_SIMULATED.has(name))).toEqual([]);
    },
  );
});
