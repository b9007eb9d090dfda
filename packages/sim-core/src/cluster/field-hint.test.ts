import { expect, test } from 'vitest';
import { fieldHint } from './field-hint.ts';

test.each([
  ['spec.rules[0].host', 'http://shop.test/', 'shop.test'],
  ['spec.rules[2].host', 'https://*.Shop.test:8080', '*.shop.test'],
  ['spec.tls[0].hosts[1]', 'shop.test/cart?x', 'shop.test'],
])('%s: %s is only a name', (field, value, name) => {
  expect(fieldHint(field, value)).toBe(`A host is only a name, without scheme, port and path: write "${name}".`);
});

test.each([
  ['spec.rules[0].host', 'shop_test'],
  ['spec.rules[0].host', 'http://'],
  ['spec.rules[0].host', 7],
  ['metadata.name', 'http://shop.test/'],
])('%s: %s has no better name', (field, value) => {
  expect(fieldHint(field, value)).toBeUndefined();
});
