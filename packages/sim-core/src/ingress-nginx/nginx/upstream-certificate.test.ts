import { describe, expect, test } from 'vitest';
import type { CompiledProxySsl } from './proxy-ssl.ts';
import { type CertificateReader, distrust } from './upstream-certificate.ts';

/* Certificates are texts `name<issuer`: enough to tell who signed whom. */

const pem = (text: string) => `-----BEGIN CERTIFICATE-----${text}-----END CERTIFICATE-----`;
const partsOf = (certPem: string) => /-----([^-]*)<([^-]*)-----/.exec(certPem) ?? [];

const reader: CertificateReader = {
  parse: (certPem) => {
    const [, commonName = '', issuerCommonName = ''] = partsOf(certPem);
    const parsed = { commonName, issuerCommonName, dnsNames: commonName === 'leaf' ? ['a.test', '*.b.test'] : [] };
    return { ...parsed, notAfter: commonName === 'old' ? 0 : 1000 };
  },
  isSignedBy: (certPem, caPem) =>
    (caPem.match(/-----[^-]+<[^-]+-----(?=END)/g) ?? []).some((each) => partsOf(each)[1] === partsOf(certPem)[2]),
};

const CHAIN = [pem('leaf<middle'), pem('middle<upper'), pem('upper<root')].join('\n');
const SSL: CompiledProxySsl = {
  caPem: pem('root<root'),
  verifyDepth: 2,
  name: 'a.test',
  namesServer: false,
  protocols: ['TLSv1.2'],
  certPem: '',
};

const said = (certPem: string, ssl: Partial<CompiledProxySsl> = {}) =>
  distrust(certPem, { ...SSL, ...ssl }, 500, reader);
const error = (text: string) => `upstream SSL certificate verify error: (${text})`;

describe('a chain', () => {
  test('is followed up to the authority', () => {
    expect(said(CHAIN)).toBe('');
    expect(said(CHAIN, { verifyDepth: 1 })).toBe(error('22:certificate chain too long'));
    expect(said(pem('leaf<middle'))).toBe(error('20:unable to get local issuer certificate'));
    expect(said(pem('leaf<leaf'))).toBe(error('18:self-signed certificate'));
    expect(said([pem('leaf<other'), pem('other<other')].join('\n'))).toBe(
      error('19:self-signed certificate in certificate chain'),
    );
  });

  test('that goes round ends', () => {
    expect(said([pem('leaf<middle'), pem('middle<leaf')].join('\n'))).toBe(
      error('20:unable to get local issuer certificate'),
    );
  });
});

test('what is too old is not believed', () => {
  expect(said(pem('old<root'), { name: 'old' })).toBe(error('10:certificate has expired'));
});

test.each([
  ['a.test', true],
  ['x.b.test', true],
  ['x.y.b.test', false],
  ['leaf', false],
])('the name %s: %s', (name, isGood) => {
  expect(said(CHAIN, { name })).toBe(isGood ? '' : `upstream SSL certificate does not match "${name}"`);
});

test('the common name counts where there is no other', () => {
  expect(said(pem('pod<root'), { name: 'pod' })).toBe('');
});

test('what nobody can read is taken for good', () => {
  expect(said('')).toBe('');
});
