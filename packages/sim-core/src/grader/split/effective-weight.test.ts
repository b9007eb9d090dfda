import { expect, test } from 'vitest';
import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { NGINX } from '../binding/ingress-function.ts';
import { effectiveWeight } from './effective-weight.ts';

test.each([
  ['5', undefined, 5, 100],
  ['50', '1000', 5, 1000],
  ['5', '10', 5, 100],
  ['1', '10', 1, 100],
  ['5', '100', 5, 100],
  ['200', undefined, 100, 100],
  ['-3', undefined, 0, 100],
  ['five', '1000', 0, 1000],
  [undefined, undefined, 0, 100],
])('weight %s of %s is %d %% of %d', (weight, total, percent, effective) => {
  const annotations = Object.fromEntries(
    [
      ['canary-weight', weight],
      ['canary-weight-total', total],
    ].flatMap(([name, value]) => (value === undefined ? [] : [[`${NGINX}${name}`, value]])),
  );
  const canary = { metadata: { name: 'canary', annotations } } as unknown as Ingress;
  expect(effectiveWeight(canary)).toMatchObject({ percent, total: effective });
});
