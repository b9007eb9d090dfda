import { expect, test } from 'vitest';
import { humanDuration } from './human-duration.ts';

// pkg/util/duration/duration_test.go has the same boundaries.
test.each([
  ['-3s', -3, '<invalid>'],
  ['-1s', -1, '0s'],
  ['0', 0, '0s'],
  ['119s', 119, '119s'],
  ['2m', 120, '2m'],
  ['2m1s', 121, '2m1s'],
  ['10m', 600, '10m'],
  ['10m1s', 601, '10m'],
  ['179m', 179 * 60, '179m'],
  ['3h', 180 * 60, '3h'],
  ['3h1m', 181 * 60, '3h1m'],
  ['8h', 8 * 3600 + 60, '8h'],
  ['47h', 47 * 3600, '47h'],
  ['2d1h', 49 * 3600, '2d1h'],
  ['8d', 8 * 86400 + 3600, '8d'],
  ['729d', 729 * 86400, '729d'],
  ['2y', 730 * 86400, '2y'],
  ['2y1d', 731 * 86400, '2y1d'],
  ['8y', 8 * 365 * 86400 + 86400, '8y'],
])('%s', (_name, seconds, text) => {
  expect(humanDuration(seconds * 1000)).toBe(text);
});
