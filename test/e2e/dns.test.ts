import { execFileSync } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sandbox } from '../support/sandbox.ts';
import { available } from '../support/tools.ts';
import { Workspace } from '../support/workspace.ts';

const place = new Workspace();
let sandbox: Sandbox;
let [address, port] = ['', ''];
beforeAll(async () => {
  sandbox = place.start('canary', '--cloud-delay', '0s', '--output', 'json');
  const { dns } = await sandbox.event('ready');
  [address = '', port = ''] = String(dns).split(':');
  await sandbox.event('settled');
});
afterAll(() => place.clear());

const SERVICE = 'netflix-movie-catalog-service.default.svc.cluster.local';

test("node's resolver is answered", async () => {
  const resolver = new Resolver({ timeout: 5000, tries: 1 });
  resolver.setServers([`${address}:${port}`]);
  const [ip] = await resolver.resolve4(SERVICE);
  expect(ip).toMatch(/^10\.96\./);
  expect(await resolver.reverse(ip as string)).toEqual([SERVICE]);
  await expect(resolver.resolve4('www.example.com')).rejects.toMatchObject({ code: 'EREFUSED' });
});

describe.skipIf(!available('dig'))('dig', () => {
  const dig = (...args: string[]) =>
    execFileSync('dig', [`@${address}`, '-p', port, '+tries=1', '+time=5', ...args], { encoding: 'utf8' });

  test.each([
    ['over UDP', '+notcp'],
    ['over TCP', '+tcp'],
  ])('%s', (_, how) => {
    expect(dig(how, '+short', SERVICE)).toMatch(/^10\.96\.\d+\.\d+\n$/);
    const whole = dig(how, SERVICE.toUpperCase());
    expect(whole).toMatch(/status: NOERROR.*\n;; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1/);
    expect(whole).toContain(`;${SERVICE.toUpperCase()}. IN A`);
    expect(whole).not.toContain('bad');
  });

  test('of what is not there', () => {
    expect(dig(SERVICE, 'AAAA')).toMatch(
      /status: NOERROR[\s\S]*cluster\.local\.\s+30\s+IN\s+SOA\s+ns\.dns\.cluster\.local\./,
    );
    expect(dig(`no.${SERVICE}`)).toContain('status: NXDOMAIN');
    expect(dig('www.example.com')).toContain('status: REFUSED');
    expect(dig('CH', 'TXT', 'version.bind')).toContain('status: REFUSED');
    expect(dig(SERVICE, 'ANY')).toContain('status: NOERROR');
    expect(dig('+edns=1', '+noednsnegotiation', SERVICE)).toContain('status: BADVERS');
  });
});
