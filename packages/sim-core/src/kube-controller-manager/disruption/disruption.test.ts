import { describe, expect, test } from 'vitest';
import { deployments } from '../../api/apps-v1/deployment.ts';
import { nodes } from '../../api/core-v1/node.ts';
import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { type PodDisruptionBudget, podDisruptionBudgets } from '../../api/policy-v1/pod-disruption-budget.ts';
import { StatusError } from '../../apimachinery/status-error.ts';
import { evict } from '../../kube-apiserver/eviction.ts';
import { kubeControllers } from '../index.ts';
import { newDeployment, newNode, newPod } from '../test/objects.ts';
import { ScriptedKubelet } from '../test/scripted-kubelet.ts';
import { createWorld } from '../test/world.ts';

function budget(spec: PodDisruptionBudget['spec'], name = 'web'): PodDisruptionBudget {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: 'default' },
    spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
  };
}

function start(spec: PodDisruptionBudget['spec'], replicas = 3) {
  const world = createWorld(kubeControllers());
  const kubelet = new ScriptedKubelet(world);
  world.client.create(nodes, newNode('node1'));
  world.client.create(deployments, newDeployment('web', { replicas }));
  world.client.create(podDisruptionBudgets, budget(spec));
  world.settle();
  kubelet.run(world.client.list(pods));
  const all = () => world.client.list(pods);
  const status = () => world.client.get(podDisruptionBudgets, 'default', 'web')?.status;
  const evictOne = (pod: Pod | undefined = all()[0]) => {
    const answer = evict(world, 'default', pod?.metadata.name ?? '', { user: 'admin' });
    world.settle();
    return answer;
  };
  return { world, kubelet, all, status, evictOne };
}

function refusal(act: () => unknown) {
  try {
    act();
  } catch (error) {
    if (error instanceof StatusError) return error.status;
    throw error;
  }
  return undefined;
}

describe('a PodDisruptionBudget says how many pods may go', () => {
  test.each([
    [{ minAvailable: 2 }, 3, { currentHealthy: 3, desiredHealthy: 2, expectedPods: 3, disruptionsAllowed: 1 }],
    [{ minAvailable: '50%' }, 3, { desiredHealthy: 2, disruptionsAllowed: 1 }],
    [{ maxUnavailable: '50%' }, 3, { desiredHealthy: 1, disruptionsAllowed: 2 }],
    [{ maxUnavailable: 0 }, 3, { desiredHealthy: 3, disruptionsAllowed: 0 }],
    [{ maxUnavailable: 9 }, 3, { desiredHealthy: 0, disruptionsAllowed: 3 }],
    [{ minAvailable: 5 }, 3, { desiredHealthy: 5, disruptionsAllowed: 0 }],
  ])('%j of %d', (spec, replicas, wanted) => {
    const { status } = start(spec, replicas);
    expect(status()).toMatchObject(wanted);
    const allowed = wanted.disruptionsAllowed > 0;
    expect(status()?.conditions).toMatchObject([
      {
        type: 'DisruptionAllowed',
        status: allowed ? 'True' : 'False',
        reason: allowed ? 'SufficientPods' : 'InsufficientPods',
      },
    ]);
  });

  test('pods that nothing controls are told of where a share of them is asked', () => {
    const { world } = start({ maxUnavailable: 1 }, 0);
    expect(world.told('NoPods')).toEqual(['NoPods No matching pods found']);
    world.client.create(pods, newPod('bare', { app: 'api' }));
    world.client.create(
      podDisruptionBudgets,
      budget({ maxUnavailable: 1, selector: { matchLabels: { app: 'api' } } }, 'api'),
    );
    world.settle();
    expect(world.told('UnmanagedPods')[0]).toContain('(selector: app=api) were found to be unmanaged');
  });
});

describe('an eviction', () => {
  test('goes as far as the budget allows, and says what it needs', () => {
    const { evictOne, status, all } = start({ minAvailable: 2 });
    expect(evictOne()).toMatchObject({ status: 'Success', code: 201 });
    expect(status()).toMatchObject({ disruptionsAllowed: 0, currentHealthy: 2 });
    expect(refusal(() => evictOne(all()[1]))).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      reason: 'TooManyRequests',
      details: {
        causes: [
          { reason: 'DisruptionBudget', message: 'The disruption budget web needs 2 healthy pods and has 2 currently' },
        ],
      },
      code: 429,
    });
  });

  test('goes on when the pod that was made instead is ready', () => {
    const { evictOne, kubelet, all } = start({ minAvailable: 2 });
    for (let i = 0; i < 5; i++) {
      evictOne();
      kubelet.untilQuiet();
    }
    expect(all()).toHaveLength(3);
  });

  test('two at the same moment do not share one allowance', () => {
    const { world, all } = start({ maxUnavailable: 1 });
    const [first, second] = all() as [Pod, Pod];
    evict(world, 'default', first.metadata.name, { user: 'admin' });
    expect(refusal(() => evict(world, 'default', second.metadata.name, { user: 'admin' }))?.code).toBe(429);
  });

  test('a pod that is not ready goes while enough others are, or wherever AlwaysAllow stands', () => {
    const few = start({ minAvailable: 3 });
    const [sick] = few.all() as [Pod];
    few.kubelet.run([sick], false);
    expect(refusal(() => few.evictOne(sick))?.code).toBe(429);
    const always = start({ minAvailable: 3, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
    const [also] = always.all() as [Pod];
    always.kubelet.run([also], false);
    expect(always.evictOne(always.world.client.get(pods, 'default', also.metadata.name)).status).toBe('Success');
  });

  test('of a pod under two budgets, of none, of a dry run', () => {
    const { world, evictOne, all } = start({ minAvailable: 2 });
    const name = all()[0]?.metadata.name ?? '';
    evict(world, 'default', name, { user: 'admin', dryRun: true });
    expect(all().some(({ metadata }) => metadata.deletionTimestamp !== undefined)).toBe(false);
    world.client.create(podDisruptionBudgets, budget({ minAvailable: 1 }, 'also'));
    world.settle();
    expect(refusal(() => evictOne())).toMatchObject({
      code: 500,
      message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    });
    expect(refusal(() => evict(world, 'default', 'nobody', { user: 'admin' }))?.message).toBe(
      'pods "nobody" not found',
    );
  });
});
