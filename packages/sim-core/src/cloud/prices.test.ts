import { expect, test } from 'vitest';
import { monthlyCost, PRICES } from './prices.ts';

test('three load balancers cost three times one', () => {
  expect(monthlyCost(3)).toMatchObject({ loadBalancers: 3, total: 49.28, one: 16.43, saved: 32.85 });
});

test('one or none saves nothing', () => {
  expect(monthlyCost(1)).toMatchObject({ total: 16.43, saved: 0 });
  expect(monthlyCost(0)).toMatchObject({ total: 0, saved: 0 });
});

test('every price says when and where it was read', () => {
  for (const price of Object.values(PRICES)) {
    expect(price.asOf).toMatch(/^\d{4}-\d{2}$/);
    expect(price.source).toContain('https://');
  }
});
