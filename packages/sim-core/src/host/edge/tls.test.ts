import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, connect as tcpConnect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { RSA_CERTIFICATE } from './testing/rsa-certificate.ts';
import { run, runningEdge } from './testing/running-edge.ts';

/** The beginning of a handshake, as short as can be. */
const HELLO = '\x16\x03\x01\x00\x04\x01\x00\x00\x00';

async function handshake(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'secureConnect');
  return socket;
}

async function get(socket: TLSSocket, host: string): Promise<string> {
  socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  const [data] = await once(socket, 'data');
  return String(data);
}

test('the certificate follows the server name; routing follows the Host', async () => {
  const { edge, engine } = await runningEdge();
  const socket = await handshake(edge.httpsPort, { servername: 'A.example' });
  expect(socket.getPeerCertificate().subject.CN).toBe('A.example');
  expect(await get(socket, 'b.example')).toContain('"scheme":"https"');
  expect(engine.targets).toEqual([{ host: 'b.example', servicePort: 443, tls: { sni: 'A.example' } }]);
  expect(engine.clients[0]?.address).toBe('127.0.0.1');
});

test('without a server name the default certificate is shown', async () => {
  const { edge, engine } = await runningEdge();
  const socket = await handshake(edge.httpsPort);
  expect(socket.getPeerCertificate().subject.CN).toBe('default.test');
  expect(await get(socket, '127.0.0.1')).toContain('200 OK');
  expect(engine.targets[0]?.tls).toEqual({ sni: '' });
});

test('EC certificates, TLS 1.2 and 1.3, and sessions that resume', async () => {
  const { edge } = await runningEdge();
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    const options = { servername: 'a.example', minVersion: version, maxVersion: version };
    const first = await handshake(edge.httpsPort, options);
    await get(first, 'a.example');
    const session = first.getSession();
    expect(first.isSessionReused()).toBe(false);
    const second = await handshake(edge.httpsPort, { ...options, session });
    expect(second.isSessionReused()).toBe(true);
    expect(second.getProtocol()).toBe(version);
  }
  await expect(handshake(edge.httpsPort, { maxVersion: 'TLSv1.1', minVersion: 'TLSv1' })).rejects.toThrow();
});

test('a session resumes wherever it comes: with and without a name, and at another port', async () => {
  const { announced, edge, engine } = await runningEdge();
  engine.setLoadBalancers([
    { namespace: 'd', name: 'web', hostname: 'lb.test', ports: [{ port: 443, scheme: 'https' }] },
  ]);
  await edge.ready();
  const ownPort = announced[0]?.ports[0]?.localPort ?? 0;
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const)
    for (const options of [{ maxVersion }, { maxVersion, servername: 'a.example' }]) {
      const first = await handshake(edge.httpsPort, options);
      await get(first, 'a.example');
      const session = first.getSession();
      expect((await handshake(ownPort, { ...options, session })).isSessionReused()).toBe(true);
      engine.setCertificate('a.example', engine.certificateFor('b.example'));
      expect((await handshake(edge.httpsPort, { ...options, session })).isSessionReused()).toBe(true);
    }
});

test('a hello may come byte by byte', async () => {
  const { edge } = await runningEdge();
  const proxy = createServer((near) => {
    const far = tcpConnect(edge.httpsPort, '127.0.0.1').setNoDelay(true);
    far.pipe(near);
    near.on('error', () => far.destroy());
    near.on('data', async (chunk) => {
      near.pause();
      for (const byte of chunk) await new Promise((resolve) => far.write(Buffer.from([byte]), resolve));
      near.resume();
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void proxy.close());
  await once(proxy, 'listening');
  const socket = await handshake((proxy.address() as AddressInfo).port, { servername: 'a.example' });
  expect(await get(socket, 'a.example')).toContain('"sni":"a.example"');
});

test('a certificate with an RSA key is shown, whatever kind of key the default one has', async () => {
  const { edge, engine } = await runningEdge();
  engine.setCertificate('rsa.example', RSA_CERTIFICATE);
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    const options = { servername: 'rsa.example', minVersion: version, maxVersion: version };
    const socket = await handshake(edge.httpsPort, options);
    expect(socket.getPeerCertificate().subject.CN).toBe('rsa.example');
    expect(await get(socket, 'rsa.example')).toContain('200 OK');
  }
  const nameless = await handshake(edge.httpsPort);
  expect(nameless.getPeerCertificate().subject.CN).toBe('default.test');
});

test('plain HTTP on the https port reaches the engine as such', async () => {
  const { client, edge } = await runningEdge();
  const text = await client(edge.httpsPort).send('GET / HTTP/1.1\r\nHost: a\r\n\r\n').matches(/}$/);
  expect(text).toContain('"scheme":"http"');
  expect(text).toContain('"servicePort":443');
});

test('without a load balancer the handshake gets no byte', async () => {
  const { client, edge, engine, problems } = await runningEdge();
  engine.refusal = 'not-provisioned';
  const { received } = await client(edge.httpsPort).send(HELLO).end();
  expect(received).toBe('');
  expect(problems).toEqual([{ reason: 'not-provisioned', message: 'refused: not-provisioned' }]);
  engine.refusal = undefined;
  expect((await handshake(edge.httpsPort, { servername: 'a' })).getPeerCertificate().subject.CN).toBe('a');
});

test('a port where nobody speaks TLS refuses the handshake and says so', async () => {
  const { announced, client, edge, engine, problems } = await runningEdge();
  engine.setLoadBalancers([
    { namespace: 'd', name: 'web', hostname: 'lb.test', ports: [{ port: 80, scheme: 'http' }] },
  ]);
  await edge.ready();
  const port = announced[0]?.ports[0]?.localPort;
  await client(port).send(HELLO).end();
  expect(problems).toEqual([{ reason: 'no-tls', message: expect.stringContaining('port 80 of lb.test') }]);
});

test('a client that breaks off its handshake hurts nobody', async () => {
  const { client, edge } = await runningEdge();
  const raw = client(edge.httpsPort).send('\x16\x03\x01\x00\x05nonsense');
  await raw.end();
  client(edge.httpsPort).send('\x16').socket.destroy();
  expect(await get(await handshake(edge.httpsPort, { servername: 'a' }), 'a')).toContain('200 OK');
});

test('idle TLS connections end with their target', async () => {
  const { edge, engine } = await runningEdge();
  const socket = await handshake(edge.httpsPort, { servername: 'a' });
  await get(socket, 'a');
  engine.connections[0]?.drop();
  await once(socket.resume(), 'close');
});

test('curl -k, and curl that trusts the certificate', async () => {
  const { edge, engine } = await runningEdge();
  const url = `https://a.localhost:${edge.httpsPort}/`;
  const insecure = await run('curl', ['-sk', url]);
  expect(JSON.parse(insecure.stdout)).toMatchObject({
    sni: 'a.localhost',
    target: { host: 'a.localhost', servicePort: 443 },
  });
  const folder = await mkdtemp(join(tmpdir(), 'edge-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const pem = join(folder, 'ca.pem');
  await writeFile(pem, engine.certificateFor('a.localhost').certPem);
  expect((await run('curl', ['-s', '--cacert', pem, url])).code).toBe(0);
  expect((await run('curl', ['-s', url])).code).toBe(60);
});
