import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasCommand } from '../../../../test/support/tools.ts';
import { apiServerNames, createAuthority } from './certificate-authority.ts';

describe('an authority', () => {
  const authority = createAuthority();
  const ca = new X509Certificate(authority.caPem);

  test('signs itself and may sign others', () => {
    expect(ca.ca).toBe(true);
    expect(ca.verify(ca.publicKey)).toBe(true);
    expect(ca.subject).toBe('CN=kubernetes');
  });

  test('signs a server with every name that it goes by', () => {
    const { certPem } = authority.issue(apiServerNames());
    const server = new X509Certificate(certPem);
    expect(server.ca).toBe(false);
    expect(server.verify(ca.publicKey)).toBe(true);
    expect(server.checkIssued(ca)).toBe(true);
    for (const name of ['localhost', 'kubernetes', 'kubernetes.default.svc.cluster.local']) {
      expect(server.checkHost(name)).toBe(name);
    }
    for (const address of ['127.0.0.1', '::1', '10.96.0.1']) expect(server.checkIP(address)).toBe(address);
    expect(server.checkIP('127.0.0.2')).toBeUndefined();
    expect(server.checkHost('example.com')).toBeUndefined();
  });

  test('addresses of version 6 in every spelling', () => {
    const spellings = ['::', '::1', 'fe80::1', '2001:db8:0:1:2:3:4:5', '2001:db8::'];
    const server = new X509Certificate(authority.issue({ dnsNames: [], ipAddresses: spellings }).certPem);
    for (const address of spellings) expect(server.checkIP(address)).toBeDefined();
  });

  test('clients that trust it reach the server, others do not', async () => {
    const { certPem, keyPem } = authority.issue(apiServerNames());
    const server = createServer({ cert: certPem, key: keyPem }, (_request, response) => response.end('ok'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const ask = (trusted: string) =>
      new Promise<string>((resolve) => {
        get({ host: '127.0.0.1', port, ca: trusted, agent: false }, (response) =>
          response.on('data', (data) => resolve(String(data))),
        ).on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
      });
    expect(await ask(authority.caPem)).toBe('ok');
    expect(await ask(createAuthority().caPem)).not.toBe('ok');
    server.close();
  });

  test.runIf(hasCommand('openssl'))('holds before OpenSSL in its strict mode', () => {
    const folder = mkdtempSync(join(tmpdir(), 'authority-'));
    writeFileSync(join(folder, 'ca.pem'), authority.caPem);
    writeFileSync(join(folder, 'server.pem'), authority.issue(apiServerNames()).certPem);
    const { stdout } = spawnSync('openssl', ['verify', '-x509_strict', '-CAfile', 'ca.pem', 'server.pem'], {
      cwd: folder,
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    expect(stdout).toBe('server.pem: OK\n');
  });
});
