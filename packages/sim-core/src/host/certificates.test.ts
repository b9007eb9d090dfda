import { X509Certificate } from 'node:crypto';
import { connect, createServer } from 'node:tls';
import { expect, test } from 'vitest';
import { nodeCertificates as certificates } from './certificates.ts';

const FAKE = {
  commonName: 'Kubernetes Ingress Controller Fake Certificate',
  organization: 'Acme Co',
  dnsNames: ['ingress.local'],
};

test('a self-signed certificate says what it was asked to say', () => {
  const { certPem } = certificates.selfSigned({ ...FAKE, ipAddresses: ['127.0.0.1'] });
  const parsed = certificates.parse(certPem);
  expect(parsed).toMatchObject({
    commonName: FAKE.commonName,
    organization: 'Acme Co',
    issuerCommonName: FAKE.commonName,
    dnsNames: ['ingress.local'],
    ipAddresses: ['127.0.0.1'],
  });
  expect((parsed?.notAfter ?? 0) - (parsed?.notBefore ?? 0)).toBe(365 * 24 * 3_600_000);
  const openssl = new X509Certificate(certPem);
  expect(openssl.verify(openssl.publicKey)).toBe(true);
  expect(openssl.checkHost('ingress.local')).toBe('ingress.local');
  expect(openssl.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(openssl.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
});

test('a certificate with an RSA key is signed with it', () => {
  const { certPem, keyPem } = certificates.selfSigned({ ...FAKE, keyType: 'RSA-2048' });
  const openssl = new X509Certificate(certPem);
  expect(openssl.publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 });
  expect(openssl.verify(openssl.publicKey)).toBe(true);
  expect(certificates.belongTogether(certPem, keyPem)).toBe(true);
});

test('every certificate has a serial number of its own', () => {
  const serials = Array.from(
    { length: 20 },
    () => certificates.parse(certificates.selfSigned(FAKE).certPem)?.serialNumber,
  );
  expect(new Set(serials).size).toBe(20);
});

test('many and long names, and none', () => {
  const dnsNames = Array.from({ length: 40 }, (_, i) => `host-${i}.example.test`);
  expect(certificates.parse(certificates.selfSigned({ commonName: 'é', dnsNames }).certPem)?.dnsNames).toEqual(
    dnsNames,
  );
  const bare = certificates.selfSigned({ commonName: 'bare', dnsNames: [] });
  expect(certificates.parse(bare.certPem)).toMatchObject({ commonName: 'bare', organization: '', dnsNames: [] });
});

test('key and certificate belong together, or not', () => {
  const [one, two] = [certificates.selfSigned(FAKE), certificates.selfSigned(FAKE)];
  expect(certificates.belongTogether(one.certPem, one.keyPem)).toBe(true);
  expect(certificates.belongTogether(one.certPem, two.keyPem)).toBe(false);
  expect(certificates.belongTogether('nonsense', one.keyPem)).toBe(false);
  expect(certificates.belongTogether(one.certPem, 'nonsense')).toBe(false);
});

test('of a chain the first certificate counts; nonsense is none', () => {
  const [leaf, other] = [certificates.selfSigned(FAKE), certificates.selfSigned({ commonName: 'ca', dnsNames: [] })];
  expect(certificates.parse(leaf.certPem + other.certPem)?.commonName).toBe(FAKE.commonName);
  for (const text of ['', 'nonsense', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n']) {
    expect(certificates.parse(text)).toBeUndefined();
  }
});

test('a TLS client accepts it when it trusts it', async () => {
  const { certPem, keyPem } = certificates.selfSigned({ commonName: 'web', dnsNames: ['web.example.test'] });
  const server = createServer({ cert: certPem, key: keyPem }, (socket) => socket.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', ca: certPem, servername: 'web.example.test' });
    socket.on('data', (data) => resolve(data.toString()));
    socket.on('error', reject);
  });
  server.close();
  expect(text).toBe('hello');
});
