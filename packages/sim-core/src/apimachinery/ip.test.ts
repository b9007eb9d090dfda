import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIPv4, ipFamilyOf, isCIDR, parseIPv4, parseIPv4Network } from './ip.ts';

test('every number is an IPv4 address and back', () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 32 - 1 }), (value) => {
      expect(parseIPv4(formatIPv4(value))).toBe(value);
    }),
  );
});

test('every IPv4 and IPv6 address is recognised', () => {
  fc.assert(fc.property(fc.ipV4(), (text) => ipFamilyOf(text) === 'IPv4'));
  fc.assert(fc.property(fc.ipV6(), (text) => ipFamilyOf(text) === 'IPv6'));
});

test.each([
  '',
  '10.0.0',
  '10.0.0.256',
  '10.0.0.01',
  '10.0.0.1.',
  ' 10.0.0.1',
  '1:2:3',
  '::1::',
  '1:2:3:4:5:6:7:8:9',
  'x::',
])('no address: %j', (text) => {
  expect(ipFamilyOf(text)).toBeUndefined();
});

describe('networks', () => {
  test('bits after the prefix are ignored', () => {
    expect(parseIPv4Network('10.96.3.7/16')).toEqual({
      first: parseIPv4('10.96.0.0'),
      last: parseIPv4('10.96.255.255'),
      prefix: 16,
    });
    expect(parseIPv4Network('0.0.0.0/0')).toEqual({ first: 0, last: 2 ** 32 - 1, prefix: 0 });
  });

  test.each(['10.0.0.0/33', '10.0.0.0', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0/8', '2001:db8::/129', '/8'])(
    'no network: %j',
    (text) => {
      expect(isCIDR(text)).toBe(false);
    },
  );

  test.each(['10.0.0.0/8', '2001:db8::/64', '::/0'])('a network: %j', (text) => {
    expect(isCIDR(text)).toBe(true);
  });
});
