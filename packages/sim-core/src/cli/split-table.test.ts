import { expect, it } from 'vitest';
import type { SplitRow } from '../wire.ts';
import { splitTable } from './split-table.ts';

const ROW: SplitRow = {
  namespace: 'default',
  ingress: 'web',
  canaryIngress: 'canary',
  host: 'shop.example',
  path: '/',
  service: 'web',
  canaryService: 'web-canary',
  weight: 5,
  weightTotal: 100,
  sinceRevision: 1,
  since: 0,
  n: 200,
  canary: 12,
  forcedHeader: 0,
  forcedCookie: 0,
  errors: 0,
  wilson95: [0.0346, 0.1018],
  verdict: 'consistent',
  alpha: 0.0001,
  sticky: false,
};

it('shows share, target, interval and verdict', () => {
  expect(splitTable([ROW])).toEqual([
    'shop.example/  web / web-canary',
    '  12 of 200 draws to the canary: 6.00 %, weight says 5.00 %; 95 % interval 3.46 % to 10.18 %; consistent',
  ]);
});

it('counts forced requests apart, and has nothing to say of no draws', () => {
  const lines = splitTable([{ ...ROW, n: 0, canary: 0, wilson95: null, verdict: 'too early', forcedHeader: 3 }]);
  expect(lines[1]).toBe('  0 of 0 draws to the canary: —, weight says 5.00 %; no interval; too early');
  expect(lines[2]).toBe('  not counted: 3 by header, 0 by cookie');
  expect(splitTable([])).toEqual(['no canary']);
});
