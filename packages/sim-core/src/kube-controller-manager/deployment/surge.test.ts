import { describe, expect, test } from 'vitest';
import { newDeployment } from '../test/objects.ts';
import { maxSurge, maxUnavailable, minAvailable } from './surge.ts';

describe('surge and unavailability', () => {
  test.each([
    // replicas, maxSurge, maxUnavailable → surge, unavailable
    [10, '25%', '25%', 3, 2],
    [4, '25%', '25%', 1, 1],
    [3, '25%', '25%', 1, 0],
    [1, '25%', '25%', 1, 0],
    [3, 1, 0, 1, 0],
    [10, '0%', '5%', 0, 1],
    [10, 0, 0, 0, 1],
    [3, 0, '100%', 0, 3],
    [3, '100%', 5, 3, 3],
    [0, 2, 2, 2, 0],
  ])(
    '%i replicas, maxSurge %s, maxUnavailable %s → %i and %i',
    (replicas, surge, unavailable, wantSurge, wantUnavailable) => {
      const deployment = newDeployment('web', {
        replicas,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: surge, maxUnavailable: unavailable } },
      });
      expect([maxSurge(deployment), maxUnavailable(deployment)]).toEqual([wantSurge, wantUnavailable]);
      expect(minAvailable(deployment)).toBe(replicas - wantUnavailable);
    },
  );

  test('Recreate has neither', () => {
    const deployment = newDeployment('web', { strategy: { type: 'Recreate' } });
    expect([maxSurge(deployment), maxUnavailable(deployment)]).toEqual([0, 0]);
  });
});
