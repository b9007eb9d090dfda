import { describe, expect, test } from 'vitest';
import { createAuthority } from '../../../host/certificate-authority.ts';
import { nodeCertificates } from '../../../host/certificates.ts';
import { printConf } from '../../nginx/print-conf.ts';
import { ingressOf } from '../../testing/ingress-of.ts';
import { secretOf, serve } from '../../testing/served.ts';
import { podsAre, tlsPod } from '../../testing/speaking.ts';
import type { TestIngress } from '../../testing/test-ingress.ts';

/* proxy-ssl-…: they act together, on what pods show and are shown. */

const pod = nodeCertificates.selfSigned({ commonName: 'pod', dnsNames: ['pod.test', '*.pods.test'] });
const stranger = nodeCertificates.selfSigned({ commonName: 'stranger', dnsNames: ['pod.test'] });
const client = nodeCertificates.selfSigned({ commonName: 'nginx', dnsNames: [] });
const SECRET = secretOf('tls', { 'ca.crt': pod.certPem, 'tls.crt': client.certPem, 'tls.key': client.keyPem });
const HTTPS = { 'backend-protocol': 'HTTPS' };
const ON = { ...HTTPS, 'proxy-ssl-secret': 'default/tls' };
const VERIFIED = { ...ON, 'proxy-ssl-verify': 'on', 'proxy-ssl-name': 'pod.test' };

function host(
  annotations: Record<string, string>,
  options: { certificate?: string; prepare?: (world: TestIngress) => void; configMap?: Record<string, string> } = {},
) {
  const { certificate = pod.certPem, prepare, configMap } = options;
  const { workload, heard } = tlsPod(certificate);
  const served = serve(annotations, {
    endpoints: 1,
    ...(configMap && { configMap }),
    prepare: (world) => {
      podsAre(workload)(world);
      world.load([SECRET]);
      prepare?.(world);
    },
  });
  const errors = () => served.replica.logged().filter((line) => line.includes('[error]'));
  const record = () => served.world.records.newest(1)[0];
  return { ...served, heard, errors, record };
}

describe('proxy-ssl-verify', () => {
  test.each([
    ['the authority vouches for it', VERIFIED, pod.certPem, ''],
    ['a name with a wildcard', { ...VERIFIED, 'proxy-ssl-name': 'a.pods.test' }, pod.certPem, ''],
    ['off', { ...VERIFIED, 'proxy-ssl-verify': 'off' }, stranger.certPem, ''],
    ['another word', { ...VERIFIED, 'proxy-ssl-verify': 'true' }, stranger.certPem, ''],
    ['no Secret', { ...HTTPS, 'proxy-ssl-verify': 'on' }, stranger.certPem, ''],
    [
      'a certificate of its own',
      VERIFIED,
      stranger.certPem,
      'upstream SSL certificate verify error: (18:self-signed certificate)',
    ],
    [
      'another name',
      { ...VERIFIED, 'proxy-ssl-name': 'other.test' },
      pod.certPem,
      'upstream SSL certificate does not match "other.test"',
    ],
    [
      'no name: that of the one upstream is compared',
      { ...ON, 'proxy-ssl-verify': 'on' },
      pod.certPem,
      'upstream SSL certificate does not match "upstream_balancer"',
    ],
  ])('%s', async (_name, annotations, certificate, error) => {
    const { get, errors, record } = host(annotations, { certificate });
    expect((await get('/x')).status).toBe(error === '' ? 200 : 502);
    expect(errors()).toHaveLength(error === '' ? 0 : 3);
    if (error === '') return;
    expect(errors()[0]).toContain(`[error] 24#24: *1 ${error} while SSL handshaking to upstream, client: `);
    expect(errors()[0]).toMatch(/server: app\.test, request: "GET \/x HTTP\/1\.1", upstream: "https:\/\/[\d.:]+\/x"/);
    expect(record()).toMatchObject({ reason: 'tls-certificate', status: 502, tries: 3 });
    expect(record()?.upstreamError).toContain(error);
  });
});

describe('a certificate that an authority signed', () => {
  const authority = createAuthority();
  const { certPem } = authority.issue({ dnsNames: ['pod.test'], ipAddresses: [] });
  const trusting = (caPem: string) => (world: TestIngress) => world.load([secretOf('tls', { 'ca.crt': caPem })]);

  test('is believed', async () => {
    const { get } = host(VERIFIED, { certificate: certPem, prepare: trusting(authority.caPem) });
    expect((await get()).status).toBe(200);
  });

  test('of another authority is not', async () => {
    const { get, errors } = host(VERIFIED, { certificate: certPem, prepare: trusting(pod.certPem) });
    expect((await get()).status).toBe(502);
    expect(errors()[0]).toContain('verify error: (20:unable to get local issuer certificate)');
  });
});

test('proxy-ssl-protocols without one that pods have', async () => {
  const { get, errors } = host({ ...VERIFIED, 'proxy-ssl-protocols': 'TLSv1 TLSv1.1' });
  expect((await get()).status).toBe(502);
  expect(errors()[0]).toContain('no protocols available) while SSL handshaking to upstream');
});

describe('what the pod hears', () => {
  test.each([
    [{ ...VERIFIED, 'proxy-ssl-server-name': 'on' }, 'pod.test'],
    [VERIFIED, ''],
    [{ ...VERIFIED, 'proxy-ssl-server-name': 'on', 'proxy-ssl-verify': 'off', 'proxy-ssl-name': '10.0.0.1' }, ''],
  ])('%j: the name "%s", and the certificate of the Secret', async (annotations, serverName) => {
    const { get, heard } = host(annotations);
    await get();
    expect(heard).toEqual([{ serverName, client: { certificate: client.certPem, subject: 'CN=nginx' } }]);
  });

  test('nothing without the Secret', async () => {
    const { get, heard } = host(HTTPS);
    await get();
    expect(heard).toEqual([{ serverName: '' }]);
  });
});

test('backend-protocol AUTO_HTTP speaks as the client does', async () => {
  const { get, heard } = host({ 'backend-protocol': 'AUTO_HTTP', 'ssl-redirect': 'false' });
  expect((await get()).status).toBe(400);
  expect((await get('/', { scheme: 'https' })).status).toBe(200);
  expect(heard).toEqual([undefined, { serverName: '' }]);
});

describe('the whole host', () => {
  const second = (world: TestIngress) =>
    world.load([ingressOf('second', { host: 'app.test', paths: { '/second': 'web' }, age: 1, annotations: HTTPS })]);

  test('has what the first Ingress with authorities says', async () => {
    const { get } = host(VERIFIED, { certificate: stranger.certPem, prepare: second });
    expect((await get('/second')).status).toBe(502);
  });

  test('proxy-ssl-location-only: only the locations of that Ingress', async () => {
    const only = { certificate: stranger.certPem, prepare: second, configMap: { 'proxy-ssl-location-only': 'true' } };
    const { get } = host(VERIFIED, only);
    expect((await get('/second')).status).toBe(200);
    expect((await get('/')).status).toBe(502);
  });
});

describe('proxy-ssl-secret', () => {
  test.each<[string, string, unknown]>([
    ['no such Secret', 'default/none', SECRET],
    ['no namespace', 'tls', SECRET],
    ['another namespace', 'other/tls', secretOf('tls', { 'ca.crt': pod.certPem }, 'other')],
    ['no certificate in it', 'default/bad', secretOf('bad', { 'ca.crt': 'x' })],
  ])('%s: the locations are closed', async (_name, secret, object) => {
    const { get, record } = host({ ...ON, 'proxy-ssl-secret': secret }, { prepare: (made) => made.load([object]) });
    expect((await get()).status).toBe(503);
    expect(record()?.location?.directives.denied).toContain('nginx.ingress.kubernetes.io/proxy-ssl-secret: ');
  });

  test('authorities that change count at once', async () => {
    const { get, world } = host(VERIFIED, { certificate: stranger.certPem });
    expect((await get()).status).toBe(502);
    world.load([secretOf('tls', { 'ca.crt': stranger.certPem })]);
    expect((await get()).status).toBe(200);
  });
});

test('printed in the server and in its locations', () => {
  const { replica } = host(VERIFIED);
  const conf = printConf(replica.model().configuration);
  for (const line of ['proxy_ssl_verify on;', 'proxy_ssl_name "pod.test";', 'proxy_ssl_verify_depth 1;'])
    expect(conf.split(line).length).toBeGreaterThan(2);
  expect(conf).toContain('proxy_ssl_trusted_certificate ssl/proxy-ca-default/tls.pem;');
  expect(conf).toContain('proxy_ssl_certificate_key ssl/proxy-default/tls.pem;');
});
