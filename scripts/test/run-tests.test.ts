import { expect, test } from 'vitest';
import { printCounts } from './run-tests.ts';

test('the last line of npm test', () => {
  expect(printCounts({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
  expect(printCounts({ passed: 12, failed: 1, skipped: 3 })).toBe('12 passed, 1 failed, 3 skipped');
});
