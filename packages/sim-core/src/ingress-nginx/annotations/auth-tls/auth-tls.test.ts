import { describe, expect, test } from 'vitest';
import { nodeCertificates } from '../../../host/certificates.ts';
import type { ClientCertificate } from '../../nginx/client-certificate.ts';
import { ingressOf } from '../../testing/ingress-of.ts';
import { secretOf, serve } from '../../testing/served.ts';
import type { TestIngress } from '../../testing/test-ingress.ts';

/* auth-tls-…: they act together, for the whole host. */

const { certPem, keyPem } = nodeCertificates.selfSigned({ commonName: 'authority', dnsNames: [] });
const CA = secretOf('ca', { 'ca.crt': certPem });
const ON = { 'auth-tls-secret': 'default/ca' };
const ALICE: ClientCertificate = {
  pem: '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n',
  subject: 'CN=alice,O=Acme',
  issuer: 'CN=authority',
  serial: '0A',
  fingerprint: 'ab',
  error: '',
  intermediates: 0,
};

function host(annotations: Record<string, string> = ON, prepare?: (world: TestIngress) => void) {
  const served = serve(annotations, {
    paths: { '/': 'web', '/oops': 'web' },
    prepare: (world) => {
      world.load([CA]);
      prepare?.(world);
    },
  });
  const show = (certificate?: Partial<ClientCertificate>, sni = 'app.test') => ({
    scheme: 'https' as const,
    sni,
    ...(certificate === undefined ? {} : { clientCertificate: { ...ALICE, ...certificate } }),
  });
  return { ...served, show };
}

const SELF_SIGNED = { error: 'self-signed certificate' };
const EXPIRED = { error: 'certificate has expired' };

describe('auth-tls-verify-client', () => {
  test.each<[string, Partial<ClientCertificate> | undefined, number, string]>([
    ['on', {}, 200, 'SUCCESS'],
    ['on', undefined, 400, 'No required SSL certificate was sent'],
    ['on', SELF_SIGNED, 400, 'The SSL certificate error'],
    ['optional', undefined, 200, 'NONE'],
    ['optional', SELF_SIGNED, 400, 'The SSL certificate error'],
    ['optional_no_ca', SELF_SIGNED, 200, 'FAILED:self-signed certificate'],
    ['optional_no_ca', EXPIRED, 400, 'The SSL certificate error'],
    ['off', undefined, 200, 'NONE'],
    ['nonsense', undefined, 400, 'No required SSL certificate was sent'],
  ])('%s, shown %j: %i', async (verify, certificate, status, text) => {
    const { get, show } = host({ ...ON, 'auth-tls-verify-client': verify });
    const answer = await get('/', show(certificate));
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.echo?.headers['ssl-client-verify']).toBe(text);
    else expect(answer.body).toContain(`<title>400 ${text}</title>`);
    if (status === 400) expect(answer.header('connection')).toBe('close');
  });

  test('plain http is not asked, and the client’s own headers go no further', async () => {
    const { get } = host({ ...ON, 'ssl-redirect': 'false' });
    const answer = await get('/', { headers: ['ssl-client-verify', 'SUCCESS', 'ssl-client-cert', 'x'] });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.echo?.headers ?? {}).filter((name) => name.startsWith('ssl-'))).toEqual([]);
  });

  test('who shook hands with another host has to begin anew; a name that nobody has counts as none', async () => {
    const { get, show } = host(ON, (world) =>
      world.load([ingressOf('other', { host: 'other.test', paths: { '/': 'web' } })]),
    );
    expect((await get('/', show({}, 'other.test'))).status).toBe(421);
    expect((await get('/', show(undefined, 'nobody.test'))).status).toBe(400);
  });

  test('handshakes for the host ask for a certificate, others do not', () => {
    const { replica } = host(ON);
    expect(replica.tlsFor('app.test').ssl.client?.caPem).toBe(certPem);
    expect(replica.tlsFor('other.test').ssl.client).toBeUndefined();
    expect(host({ ...ON, 'auth-tls-verify-client': 'off' }).replica.tlsFor('app.test').ssl.client).toBeUndefined();
  });
});

test.each([
  ['1', 1, 200],
  ['1', 2, 400],
  ['2', 2, 200],
  ['0', 1, 200],
])('auth-tls-verify-depth %s, %i intermediates: %i', async (depth, intermediates, status) => {
  const { get, show } = host({ ...ON, 'auth-tls-verify-depth': depth });
  expect((await get('/', show({ intermediates }))).status).toBe(status);
});

describe('what pods are told', () => {
  test('who the client is', async () => {
    const { get, show } = host();
    expect((await get('/', show({}))).echo?.headers).toMatchObject({
      'ssl-client-verify': 'SUCCESS',
      'ssl-client-subject-dn': 'CN=alice,O=Acme',
      'ssl-client-issuer-dn': 'CN=authority',
    });
    expect((await get('/', show({}))).echo?.headers['ssl-client-cert']).toBeUndefined();
  });

  test('auth-tls-pass-certificate-to-upstream: the certificate, escaped', async () => {
    const { get, show } = host({ ...ON, 'auth-tls-pass-certificate-to-upstream': 'true' });
    expect((await get('/', show({}))).echo?.headers['ssl-client-cert']).toBe(
      '-----BEGIN%20CERTIFICATE-----%0AMA%3D%3D%0A-----END%20CERTIFICATE-----%0A',
    );
  });
});

describe('auth-tls-error-page', () => {
  test.each([
    ['https://l.test/no-cert', 'https://l.test/no-cert'],
    ['l.test/no-cert', 'l.test/no-cert'],
  ])('%s: the client is sent there', async (page, location) => {
    const { get, show } = host({ ...ON, 'auth-tls-error-page': page });
    expect(await get('/', show())).toMatchObject({ status: 302, location });
  });

  test('a path of the host: its location answers, and not for the path that was asked for', async () => {
    const { get, show } = host({ ...ON, 'auth-tls-error-page': '/oops' });
    const answer = await get('/secret?q', { ...show(), method: 'POST', body: 'x' });
    expect(answer).toMatchObject({ status: 200, echo: { url: '/oops', method: 'GET' } });
  });

  test('a location that is not there', async () => {
    const { get, show } = host({ ...ON, 'auth-tls-error-page': '@nowhere' });
    expect((await get('/', show())).status).toBe(500);
  });
});

describe('auth-tls-match-cn', () => {
  const only = (pattern: string) => host({ ...ON, 'auth-tls-match-cn': pattern, 'auth-tls-verify-client': 'optional' });
  test.each([
    ['CN=alice', 200],
    ['CN=(alice|bob),O=Acme$', 200],
    ['CN=Alice', 403],
    ['CN=bob', 403],
  ])('%s: %i', async (pattern, status) => {
    const { get, show } = only(pattern);
    const answer = await get('/', show({}));
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.body).toBe('client certificate unauthorized');
  });

  test('nobody has a name without a certificate, so plain http is closed, too', async () => {
    const { get, show } = only('CN=alice');
    expect((await get('/', show())).status).toBe(403);
    expect((await get()).status).toBe(403);
  });
});

describe('auth-tls-secret', () => {
  test.each<[string, string, unknown]>([
    ['no such Secret', 'default/none', CA],
    ['no namespace', 'ca', CA],
    ['another namespace', 'other/ca', secretOf('ca', { 'ca.crt': certPem }, 'other')],
    ['no certificate in it', 'default/bad', secretOf('bad', { 'ca.crt': 'x' })],
    ['a key of another certificate', 'default/bad', secretOf('bad', { 'tls.crt': certPem, 'tls.key': 'x' })],
  ])('%s: the whole host is closed, and an event says why', async (_name, secret, object) => {
    const { get, world, show } = host({ 'auth-tls-secret': secret }, (world) => {
      world.load([object, ingressOf('second', { host: 'app.test', paths: { '/second': 'web' }, age: 1 })]);
    });
    expect((await get('/', show())).status).toBe(403);
    expect((await get('/second')).status).toBe(403);
    expect(world.eventsOn('web').some(({ reason }) => reason === 'AnnotationParsingFailed')).toBe(true);
  });

  test('a key pair without ca.crt asks nobody', async () => {
    const { get, show } = host({ 'auth-tls-secret': 'default/pair' }, (world) =>
      world.load([secretOf('pair', { 'tls.crt': certPem, 'tls.key': keyPem })]),
    );
    expect((await get('/', show())).status).toBe(200);
  });

  test('the oldest Ingress with authorities decides for the host', async () => {
    const { get, show } = host({}, (world) =>
      world.load([
        ingressOf('second', { host: 'app.test', paths: { '/second': 'web' }, age: 1, annotations: ON }),
        ingressOf('third', {
          host: 'app.test',
          paths: { '/third': 'web' },
          age: 2,
          annotations: { ...ON, 'auth-tls-verify-client': 'optional' },
        }),
      ]),
    );
    expect((await get('/', show())).status).toBe(400);
  });

  test('authorities that change count at once', async () => {
    const { replica, world } = host();
    const other = nodeCertificates.selfSigned({ commonName: 'other', dnsNames: [] }).certPem;
    world.load([secretOf('ca', { 'ca.crt': other })]);
    expect(replica.tlsFor('app.test').ssl.client?.caPem).toBe(other);
  });
});
