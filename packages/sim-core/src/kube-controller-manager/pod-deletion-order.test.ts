import { describe, expect, test } from 'vitest';
import type { Pod } from '../api/core-v1/pod.ts';
import { formatTime, VIRTUAL_EPOCH } from '../sim/clock.ts';
import { podsToDelete } from './pod-deletion-order.ts';

const NOW = VIRTUAL_EPOCH + 3_600_000;

function pod(
  name: string,
  { node = 'node1', phase = 'Running' as const, ready = true, readyFor = 600, age = 600, restarts = 0, cost = '' } = {},
): Pod {
  const lastTransitionTime = formatTime(NOW - readyFor * 1000);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      uid: name,
      creationTimestamp: formatTime(NOW - age * 1000),
      ...(cost && { annotations: { 'controller.kubernetes.io/pod-deletion-cost': cost } }),
    },
    spec: { containers: [], ...(node && { nodeName: node }) },
    status: {
      phase,
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime }],
      containerStatuses: [{ name: 'main', ready, restartCount: restarts, image: '', imageID: '' }],
    },
  };
}

describe('which pods go first (controller.ActivePodsWithRanks)', () => {
  test.each<[string, Pod, Pod]>([
    ['unassigned before assigned', pod('b', { node: '' }), pod('a')],
    ['pending before running', pod('b', { phase: 'Pending' as 'Running' }), pod('a')],
    ['not ready before ready', pod('b', { ready: false }), pod('a')],
    ['cheaper before dearer', pod('b', { cost: '-1' }), pod('a')],
    ['doubled up on a node before alone', pod('b', { node: 'crowded' }), pod('a')],
    ['ready for a shorter time before longer', pod('b', { readyFor: 60 }), pod('a')],
    ['more restarts before fewer', pod('b', { restarts: 3 }), pod('a')],
    ['newer before older', pod('b', { age: 60 }), pod('a')],
    ['the lower uid among equals', pod('a'), pod('b')],
    ['ages count in powers of two: 600 s and 500 s are alike', pod('a'), pod('b', { readyFor: 550, age: 550 })],
  ])('%s', (_what, first, second) => {
    const neighbours = new Map([
      ['node1', 1],
      ['crowded', 2],
    ]);
    expect(podsToDelete([second, first], 1, neighbours, NOW)).toEqual([first]);
  });

  test('an earlier rule beats a later one', () => {
    const unready = pod('a', { ready: false, cost: '100' });
    expect(podsToDelete([pod('b', { cost: '-100', restarts: 9 }), unready], 1, new Map(), NOW)).toEqual([unready]);
  });
});
