import { describe, expect, it } from 'vitest';
import { formatFieldError } from '../field-error.ts';
import { byteLength, regexError } from './messages.ts';
import * as names from './names.ts';
import * as values from './values.ts';

type Check = (value: string) => string[];

describe.each<[string, Check, string[], string[]]>([
  [
    'DNS-1123 label',
    names.isDNS1123Label,
    ['a', '1a', 'a-b', 'a'.repeat(63)],
    ['', 'A', '-a', 'a-', 'a_b', 'a.b', 'a'.repeat(64)],
  ],
  [
    'DNS-1123 subdomain',
    names.isDNS1123Subdomain,
    ['a', 'a.b', '1.2'],
    ['', 'a..b', '.a', 'a.', 'A', 'a_b', 'a\n', `${'a.'.repeat(127)}a`],
  ],
  ['DNS-1035 label', names.isDNS1035Label, ['a', 'a1-b'], ['', '1a', 'a.b', 'a-', 'A']],
  ['wildcard', names.isWildcardDNS1123Subdomain, ['*.a', '*.a.b'], ['*', 'a.b', '*.*.a', '*a.b']],
  [
    'qualified name',
    names.isQualifiedName,
    ['a', 'A_b.c-d', 'a.b/C'],
    ['', '/a', 'a/', 'a/b/c', 'A.b/c', '-a', 'a b', 'x'.repeat(64)],
  ],
  ['label value', names.isValidLabelValue, ['', 'a', 'A_b.c'], ['a b', '-a', 'a-', 'ä', 'x'.repeat(64)]],
  ['config key', names.isConfigMapKey, ['a', '.a', 'A_b'], ['', 'a b', '.', '..', '..a']],
  ['header', names.isHTTPHeaderName, ['X-A'], ['', 'X A', 'X_A']],
  ['env name', names.isRelaxedEnvVarName, ['1 BAD', 'A.b', '~'], ['', 'A=B', 'ä', 'a\tb']],
  ['port name', values.isValidPortName, ['http', 'a-1'], ['', '80', 'a--b', '-a', 'a-', 'HTTP', 'a'.repeat(16)]],
  ['percent', values.isValidPercent, ['0%', '250%'], ['', '25', '-1%', '2.5%', '%']],
])('%s', (_, check, good, bad) => {
  it.each(good)('accepts %j', (value) => expect(check(value)).toEqual([]));
  it.each(bad)('refuses %j', (value) => expect(check(value)).not.toEqual([]));
});

describe('texts', () => {
  it('tells a dotted namespace from a malformed one', () => {
    expect(names.isDNS1123Label('my.ns')).toEqual(['must not contain dots']);
  });
  it('names the part of a key', () => {
    expect(names.isQualifiedName('/a')).toEqual(['prefix part must be non-empty']);
    expect(names.isQualifiedName('a/')[0]).toBe('name part must be non-empty');
    expect(names.isQualifiedName('x'.repeat(64))).toEqual(['name part must be no more than 63 characters']);
  });
  it('checks numbers', () => {
    expect(values.isValidPortNum(0)).toEqual(['must be between 1 and 65535, inclusive']);
    expect(values.isValidPortNum(65535)).toEqual([]);
  });
  it('checks domain-prefixed paths', () => {
    const texts = (value: string) => values.isDomainPrefixedPath('spec.controller', value).map(formatFieldError);
    expect(texts('k8s.io/ingress-nginx')).toEqual([]);
    expect(texts('')).toEqual(['spec.controller: Required value']);
    expect(texts('nginx')[0]).toContain('"nginx": must be a domain-prefixed path (such as "acme.io/foo")');
    expect(texts('A/b')[0]).toContain('Invalid value: "A": a lowercase RFC 1123 subdomain');
    expect(texts('a/b c')[0]).toContain('Invalid value: "b c": Invalid path (regex used for validation is');
  });
  it('counts bytes as Go does', () => {
    for (const text of ['a', 'ä', '€', '💧', 'aä€💧']) expect(byteLength(text)).toBe(Buffer.byteLength(text));
    expect(regexError('m', 'p')).toBe("m (regex used for validation is 'p')");
  });
});
