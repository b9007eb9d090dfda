import { once } from 'node:events';
import { type ConnectionOptions, connect } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { testCertificate } from './testing/client-certificates.ts';
import { runningEdge } from './testing/running-edge.ts';

const authority = testCertificate('authority', { isAuthority: true });
const other = testCertificate('other', { isAuthority: true });
const alice = testCertificate('älice, "A"', { issuer: authority, organization: 'Acme' });
const CIPHERS = { ciphers: 'ECDHE+AESGCM', preferServerCiphers: true };

async function asking(caPem = authority.cert) {
  const { edge, engine } = await runningEdge();
  engine.ssl = { ...CIPHERS, client: { caPem, crlPem: '' } };
  const handshake = async (options: ConnectionOptions = {}) => {
    const socket = connect({
      port: edge.httpsPort,
      host: '127.0.0.1',
      servername: 'a.example',
      rejectUnauthorized: false,
      ...options,
    });
    onTestFinished(() => void socket.destroy());
    await once(socket, 'secureConnect');
    socket.write('GET / HTTP/1.1\r\nHost: a.example\r\n\r\n');
    await once(socket, 'data');
    return { socket, shown: engine.clients.at(-1)?.certificate };
  };
  return { engine, handshake };
}

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('%s', (version) => {
  const options = { minVersion: version, maxVersion: version };

  test('who the client is, in the words of RFC 2253', async () => {
    const { handshake } = await asking();
    const { shown } = await handshake({ ...options, cert: alice.cert, key: alice.key });
    expect(shown).toMatchObject({
      pem: alice.cert,
      subject: 'CN=\\C3\\A4lice\\, \\"A\\",O=Acme',
      issuer: 'CN=authority',
      error: '',
      intermediates: 0,
    });
    expect(shown?.fingerprint).toMatch(/^[0-9a-f]{40}$/);
    expect(shown?.serial).toMatch(/^[0-9A-F]+$/);
  });

  test('nobody must show anything: the program behind decides', async () => {
    const { handshake } = await asking();
    expect((await handshake(options)).shown).toBeUndefined();
  });

  test('a session resumes with what was shown, but not where other authorities are', async () => {
    const { engine, handshake } = await asking();
    const identity = { ...options, cert: alice.cert, key: alice.key };
    const first = await handshake(identity);
    const session = first.socket.getSession();
    const again = await handshake({ ...options, session });
    expect(again.socket.isSessionReused()).toBe(true);
    expect(again.shown?.subject).toContain('lice');
    engine.ssl = { ...CIPHERS, client: { caPem: other.cert, crlPem: '' } };
    const elsewhere = await handshake({ ...options, session });
    expect(elsewhere.socket.isSessionReused()).toBe(false);
    expect(elsewhere.shown).toBeUndefined();
  });
});

test.each([
  [
    'a certificate of another authority',
    testCertificate('bob', { issuer: other }),
    'unable to verify the first certificate',
  ],
  ['one that signed itself', testCertificate('bob'), 'self-signed certificate'],
])('%s: why it is not believed', async (_name, { cert, key }, error) => {
  const { handshake } = await asking();
  expect((await handshake({ cert, key })).shown).toMatchObject({ error });
});

test('certificates between are counted', async () => {
  const { handshake } = await asking();
  const middle = testCertificate('middle', { issuer: authority, isAuthority: true });
  const lower = testCertificate('lower', { issuer: middle, isAuthority: true });
  const { cert, key } = testCertificate('bob', { issuer: lower });
  const { shown } = await handshake({ cert: cert + lower.cert + middle.cert, key });
  expect(shown).toMatchObject({ error: '', intermediates: 2 });
});

test('a client is asked for nothing where there are no authorities', async () => {
  const { engine, handshake } = await asking();
  engine.ssl = CIPHERS;
  expect((await handshake({ cert: alice.cert, key: alice.key })).shown).toBeUndefined();
});

test('ciphers of TLS 1.2 are those of the host, in its order or the client’s', async () => {
  const { engine, handshake } = await asking();
  const [strong, weak] = ['ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-AES128-GCM-SHA256'];
  const client = { maxVersion: 'TLSv1.2' as const, ciphers: `${weak}:${strong}` };
  engine.ssl = { ciphers: `${strong}:${weak}`, preferServerCiphers: true };
  expect((await handshake(client)).socket.getCipher().name).toBe(strong);
  engine.ssl = { ciphers: `${strong}:${weak}`, preferServerCiphers: false };
  expect((await handshake(client)).socket.getCipher().name).toBe(weak);
  engine.ssl = { ciphers: strong, preferServerCiphers: true };
  await expect(handshake({ ...client, ciphers: weak })).rejects.toThrow();
  expect((await handshake({ ciphers: weak })).socket.getProtocol()).toBe('TLSv1.3');
});
