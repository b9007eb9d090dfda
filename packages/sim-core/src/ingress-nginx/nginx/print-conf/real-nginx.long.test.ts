import fc from 'fast-check';
import { describe, test } from 'vitest';
import { anySettings, expectNginxAgrees } from '../../../../../../test/support/real-nginx/any-settings.ts';
import { available } from '../../../../../../test/support/tools.ts';

/* What we take a real nginx takes, and what it refuses we refuse in its words: over all annotations and keys. */

describe.skipIf(!available('nginx'))('nginx -t of what is printed', () => {
  test('says what we say', { timeout: 3_600_000 }, () => {
    fc.assert(fc.property(anySettings, expectNginxAgrees), { numRuns: 4000, seed: 7 });
  });
});
