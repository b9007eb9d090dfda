import { expect, test } from 'vitest';
import type { Lane } from '../map/topology.ts';
import { deployment, pod, service } from '../testing/objects.ts';
import { deploymentOf, victimOf } from './victims.ts';

const lane = (name: string, pods: Lane['pods']): Lane => ({
  service: service(name),
  role: 'main',
  reach: 'ingress',
  pods,
});

test('a button hits a pod that serves, and none that is going anyway', () => {
  const going = pod({ app: 'web', suffix: 'a', terminating: true });
  const waiting = pod({ app: 'web', suffix: 'b', isReady: false });
  const serving = pod({ app: 'web', suffix: 'c' });
  expect(victimOf(lane('web', [going, waiting, serving]))).toBe(serving);
  expect(victimOf(lane('web', [going, waiting]))).toBe(waiting);
  expect(victimOf(lane('web', [going]))).toBeUndefined();
});

test('the Deployment of a Service is that of its pods; scaled to nothing, the one that its selector names', () => {
  const deployments = [deployment('other', 1, 'x'), deployment('web', 1, 'x')];
  expect(deploymentOf(lane('service-of-another-name', [pod({ app: 'web', suffix: 'a' })]), deployments)?.name).toBe(
    'web',
  );
  expect(deploymentOf(lane('web', []), deployments)?.name).toBe('web');
  expect(deploymentOf(lane('nothing', []), deployments)).toBeUndefined();
});
