import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AddressList } from '../nginx/cidr.ts';
import { serve } from '../testing/served.ts';

describe('allowlist-source-range and denylist-source-range', () => {
  test.each<[Record<string, string>, string, number]>([
    [{ 'allowlist-source-range': '10.0.0.0/8' }, '10.9.9.9', 200],
    [{ 'allowlist-source-range': '10.0.0.0/8' }, '11.0.0.1', 403],
    [{ 'allowlist-source-range': '10.0.0.0/8, 11.0.0.1' }, '11.0.0.1', 200],
    [{ 'denylist-source-range': '10.0.0.0/8' }, '10.9.9.9', 403],
    [{ 'denylist-source-range': '10.0.0.0/8' }, '11.0.0.1', 200],
    [{ 'allowlist-source-range': '10.0.0.0/8', 'denylist-source-range': '10.1.0.0/16' }, '10.1.0.1', 403],
    [{ 'allowlist-source-range': '10.0.0.0/8', 'denylist-source-range': '10.1.0.0/16' }, '10.2.0.1', 200],
    [{ 'allowlist-source-range': '2001:db8::/32' }, '2001:db8::1', 200],
    [{ 'allowlist-source-range': '2001:db8::/32' }, '10.0.0.1', 403],
    [{ 'whitelist-source-range': '10.0.0.0/8' }, '11.0.0.1', 403],
    [{ 'allowlist-source-range': '10.0.0.0/33' }, '10.0.0.1', 503],
  ])('%j, %s: %i', async (annotations, remoteAddress, status) => {
    expect((await serve(annotations).get('/', { remoteAddress })).status).toBe(status);
  });

  test('the ConfigMap’s list holds where no annotation says otherwise', async () => {
    const { get, world } = serve({});
    world.configure({ 'whitelist-source-range': '10.0.0.0/8' });
    expect((await get('/', { remoteAddress: '11.0.0.1' })).status).toBe(403);
    expect((await get('/', { remoteAddress: '10.0.0.1' })).status).toBe(200);
    expect((await get('/', { host: 'nobody.test', remoteAddress: '11.0.0.1' })).status).toBe(404);
  });

  test('the address that counts is the one that the load balancer tells, where headers are trusted', async () => {
    const { get, world } = serve({ 'allowlist-source-range': '10.0.0.0/8' });
    const request = { remoteAddress: '11.0.0.1', headers: ['X-Forwarded-For', '10.0.0.1'] };
    expect((await get('/', request)).status).toBe(403);
    world.configure({ 'use-forwarded-headers': 'true' });
    expect((await get('/', request)).status).toBe(200);
  });
});

test('a network has exactly the addresses that share its first bits', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const address = fc.tuple(byte, byte, byte, byte);
  const bitsOf = (bytes: readonly number[]) => bytes.map((each) => each.toString(2).padStart(8, '0')).join('');
  fc.assert(
    fc.property(address, address, fc.integer({ min: 0, max: 32 }), (network, other, prefix) => {
      const list = new AddressList([`${network.join('.')}/${prefix}`]);
      expect(list.has(other.join('.'))).toBe(bitsOf(network).slice(0, prefix) === bitsOf(other).slice(0, prefix));
    }),
  );
});
