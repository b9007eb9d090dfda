import { expect, test } from 'vitest';
import { allowsSource } from './source-ranges.ts';

test.each([
  [[], '127.0.0.1', true],
  [['0.0.0.0/0'], '203.0.113.9', true],
  [['10.0.0.0/8'], '10.255.0.1', true],
  [['10.0.0.0/8'], '127.0.0.1', false],
  [['10.0.0.0/8', ' 127.0.0.1/32 '], '127.0.0.1', true],
  [['10.1.2.3/33', 'nonsense', '10.0.0.0', '300.0.0.0/8'], '10.1.2.3', false],
  [['::/0'], '127.0.0.1', false],
  [['::/0'], '::1', false],
  [['0.0.0.0/0'], 'not-an-address', false],
])('%j lets %s in: %s', (ranges, address, allowed) => {
  expect(allowsSource(ranges, address)).toBe(allowed);
});
