import { describe, expect, test } from 'vitest';
import { buildCertificateTable, certificateForSni, coversHost, hasCertificateFor } from './certificate-table.ts';
import type { Certificate, NginxConfiguration, Server } from './configuration.ts';

const certificate = (name: string, ...dnsNames: string[]): Certificate => ({
  name,
  certPem: '',
  keyPem: '',
  commonName: '',
  dnsNames,
  notAfter: 0,
});
const FAKE = certificate('fake');

function tableOf(...servers: [hostname: string, certificate: Certificate | undefined, serverAlias?: string[]][]) {
  const configuration = {
    servers: servers.map(
      ([hostname, own, serverAlias = []]): Server => ({
        hostname,
        locations: [],
        directives: { serverAlias } as unknown as Server['directives'],
        ...(own === undefined ? {} : { certificate: own }),
      }),
    ),
    upstreams: [],
    defaultCertificate: FAKE,
    passthrough: [],
  } as unknown as NginxConfiguration;
  return buildCertificateTable(configuration);
}

const exact = certificate('default/exact', 'a.foo.test');
const wildcard = certificate('default/wild', '*.foo.test');

describe('the certificate for a name', () => {
  const table = tableOf(['_', undefined], ['a.foo.test', exact], ['*.foo.test', wildcard], ['plain.test', undefined]);

  test.each([
    ['a.foo.test', exact],
    ['A.FOO.TEST', exact],
    ['a.foo.test.', exact],
    ['b.foo.test', wildcard],
    ['c.b.foo.test', FAKE],
    ['foo.test', FAKE],
    ['plain.test', FAKE],
    ['', FAKE],
    [undefined, FAKE],
  ])('%s', (name, expected) => {
    expect(certificateForSni(table, name)).toBe(expected);
  });

  test.each([
    ['a.foo.test', true],
    ['b.foo.test', true],
    ['c.b.foo.test', false],
    ['plain.test', false],
    ['other.test', false],
  ])('%s is redirected to https: %s', (host, expected) => {
    expect(hasCertificateFor(table, host)).toBe(expected);
  });
});

test('a host with the fake certificate is redirected all the same', () => {
  expect(hasCertificateFor(tableOf(['_', FAKE], ['app.test', FAKE]), 'app.test')).toBe(true);
});

test('an alias has an entry only where the certificate covers it', () => {
  const table = tableOf(['a.foo.test', certificate('x', 'a.foo.test', 'b.test'), ['b.test', 'c.test']]);
  expect(hasCertificateFor(table, 'b.test')).toBe(true);
  expect(hasCertificateFor(table, 'c.test')).toBe(false);
});

test.each([
  [['app.test'], '', 'app.test', true],
  [['APP.test'], '', 'app.TEST', true],
  [['*.foo.test'], '', 'a.foo.test', true],
  [['*.foo.test'], '', 'a.b.foo.test', false],
  [['*.foo.test'], '', 'foo.test', false],
  [[], 'app.test', 'app.test', true],
  [['other.test'], 'app.test', 'app.test', true],
  [['other.test'], '', 'app.test', false],
])('names %j and common name %j cover %s: %s', (dnsNames, commonName, host, expected) => {
  expect(coversHost({ dnsNames, commonName }, host)).toBe(expected);
});
