import { describe, expect, test } from 'vitest';
import { type Deployment, deployments } from '../../api/apps-v1/deployment.ts';
import { type ReplicaSet, replicaSets } from '../../api/apps-v1/replica-set.ts';
import { pods } from '../../api/core-v1/pod.ts';
import { findCondition } from '../../apimachinery/condition.ts';
import { controllerOf } from '../../apimachinery/object-meta.ts';
import { computeHash } from '../pod-template-hash.ts';
import { replicaSetController } from '../replicaset/replicaset.ts';
import { newDeployment, newReplicaSet, podTemplate } from '../test/objects.ts';
import { ScriptedKubelet } from '../test/scripted-kubelet.ts';
import { createWorld } from '../test/world.ts';
import { DESIRED_REPLICAS, MAX_REPLICAS, REVISION, REVISION_HISTORY } from './annotations.ts';
import { deploymentController } from './deployment.ts';

function start(spec: Partial<Deployment['spec']> = {}) {
  const world = createWorld([deploymentController(), replicaSetController()]);
  const kubelet = new ScriptedKubelet(world);
  world.client.create(deployments, newDeployment('web', spec));
  world.settle();
  const get = () => world.client.get(deployments, 'default', 'web') as Deployment;
  const change = (changed: Partial<Deployment['spec']>) => {
    world.client.update(deployments, { ...get(), spec: { ...get().spec, ...changed } });
    world.settle();
  };
  const owned = () => world.client.listControlledBy(replicaSets, get());
  const of = (image: string) =>
    owned().find(({ spec }) => spec.template.spec.containers[0]?.image === image) as ReplicaSet;
  const sizes = () =>
    Object.fromEntries(owned().map(({ spec }) => [spec.template.spec.containers[0]?.image, spec.replicas]));
  const progressing = () => findCondition(get().status?.conditions, 'Progressing');
  return { world, kubelet, get, change, owned, of, sizes, progressing };
}

describe('a new Deployment', () => {
  test('makes one ReplicaSet with its hash in name, labels and selector', () => {
    const { owned, get } = start();
    const [replicaSet] = owned() as [ReplicaSet];
    const hash = computeHash(get().spec.template);
    expect(replicaSet.metadata.name).toBe(`web-${hash}`);
    expect(replicaSet.metadata.labels).toEqual({ app: 'web', 'pod-template-hash': hash });
    expect(replicaSet.spec.selector.matchLabels).toEqual({ app: 'web', 'pod-template-hash': hash });
    expect(replicaSet.metadata.annotations).toEqual({ [REVISION]: '1', [DESIRED_REPLICAS]: '3', [MAX_REPLICAS]: '4' });
    expect(get().metadata.annotations).toEqual({ [REVISION]: '1' });
  });

  test('counts what its ReplicaSet has, and leaves zeros out', () => {
    const { kubelet, get } = start();
    const { conditions: _none, ...before } = get().status ?? {};
    expect(before).toEqual({ observedGeneration: 1, replicas: 3, updatedReplicas: 3, unavailableReplicas: 3 });
    kubelet.untilQuiet();
    const { conditions: _all, ...after } = get().status ?? {};
    expect(after).toEqual({
      observedGeneration: 1,
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
    });
    expect(get().metadata.generation).toBe(1);
  });

  test('that selects everything is refused with a warning', () => {
    const world = createWorld([deploymentController()]);
    world.client.create(deployments, newDeployment('all', { selector: {} }));
    world.settle();
    expect(world.told()).toEqual([
      'SelectingAll This deployment is selecting all pods. A non-empty selector is required.',
    ]);
    expect(world.client.list(replicaSets)).toEqual([]);
  });
});

describe('revisions', () => {
  test('a rollback takes the old ReplicaSet again and gives it a new revision', () => {
    const { kubelet, change, of, get, owned } = start();
    kubelet.untilQuiet();
    const first = of('web:1').metadata.name;
    change({ template: podTemplate('web', 'web:2') });
    kubelet.untilQuiet();
    change({ template: podTemplate('web', 'web:1') });
    kubelet.untilQuiet();
    expect(of('web:1').metadata.name).toBe(first);
    expect(of('web:1').metadata.annotations).toMatchObject({ [REVISION]: '3', [REVISION_HISTORY]: '1' });
    expect(get().metadata.annotations?.[REVISION]).toBe('3');
    expect(owned()).toHaveLength(2);
  });

  test('no more than revisionHistoryLimit old ReplicaSets stay', () => {
    const { kubelet, change, owned } = start({ revisionHistoryLimit: 2 });
    for (const tag of [1, 2, 3, 4, 5]) {
      change({ template: podTemplate('web', `web:${tag}`) });
      kubelet.untilQuiet();
    }
    expect(
      owned()
        .map(({ metadata }) => metadata.annotations?.[REVISION])
        .sort(),
    ).toEqual(['3', '4', '5']);
  });

  test('annotations of the Deployment reach the ReplicaSet, but for kubectl’s own', () => {
    const { world, get, of } = start();
    const annotations = {
      'kubernetes.io/change-cause': 'because',
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
    };
    world.client.update(deployments, { ...get(), metadata: { ...get().metadata, annotations } });
    world.settle();
    expect(of('web:1').metadata.annotations).toMatchObject({ 'kubernetes.io/change-cause': 'because' });
    expect(of('web:1').metadata.annotations).not.toHaveProperty('kubectl.kubernetes.io/last-applied-configuration');
  });

  test('two templates with one hash lead to another name', () => {
    const world = createWorld([deploymentController(), replicaSetController()]);
    const deployment = newDeployment('web', { template: podTemplate('web', 'web:9') });
    const draft = world.client.create(deployments, { ...deployment, spec: { ...deployment.spec, paused: true } });
    const taken = `web-${computeHash(draft.spec.template)}`;
    world.client.create(
      replicaSets,
      newReplicaSet(taken, { selector: { matchLabels: { app: 'other' } }, template: podTemplate('other') }),
    );
    world.client.update(deployments, { ...draft, spec: { ...draft.spec, paused: false } });
    world.settle();
    world.advance(1000);
    const stored = world.client.get(deployments, 'default', 'web') as Deployment;
    expect(stored.status?.collisionCount).toBe(1);
    expect(world.client.listControlledBy(replicaSets, stored).map(({ metadata }) => metadata.name)).toEqual([
      `web-${computeHash(stored.spec.template, 1)}`,
    ]);
  });
});

describe('scaling', () => {
  test('outside a rollout changes the one ReplicaSet', () => {
    const { kubelet, change, sizes, world } = start();
    kubelet.untilQuiet();
    change({ replicas: 5 });
    expect(sizes()).toEqual({ 'web:1': 5 });
    change({ replicas: 0 });
    expect(sizes()).toEqual({ 'web:1': 0 });
    expect(world.told('ScalingReplicaSet').map((line) => line.split(' ').slice(-4).join(' '))).toEqual([
      'from 0 to 3',
      'from 3 to 5',
      'from 5 to 0',
    ]);
  });

  test('inside a rollout is shared in proportion (the example of the documentation)', () => {
    const { kubelet, change, sizes } = start({
      replicas: 10,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } },
    });
    kubelet.untilQuiet();
    change({ template: podTemplate('web', 'web:bad') });
    kubelet.remove();
    expect(sizes()).toEqual({ 'web:1': 8, 'web:bad': 5 });
    change({ replicas: 15 });
    expect(sizes()).toEqual({ 'web:1': 11, 'web:bad': 7 });
  });

  test('a rollout over a rollout empties the ReplicaSets in between', () => {
    const { kubelet, change, sizes } = start({ replicas: 4 });
    kubelet.untilQuiet();
    change({ template: podTemplate('web', 'web:2') });
    change({ template: podTemplate('web', 'web:3') });
    kubelet.untilQuiet();
    expect(sizes()).toEqual({ 'web:1': 0, 'web:2': 0, 'web:3': 4 });
  });
});

describe('paused', () => {
  test('rolls nothing out, scales all the same, and says so', () => {
    const { kubelet, change, sizes, progressing } = start();
    kubelet.untilQuiet();
    change({ paused: true, template: podTemplate('web', 'web:2') });
    expect(sizes()).toEqual({ 'web:1': 3 });
    expect(progressing()).toMatchObject({
      status: 'Unknown',
      reason: 'DeploymentPaused',
      message: 'Deployment is paused',
    });
    change({ replicas: 5 });
    expect(sizes()).toEqual({ 'web:1': 5 });
    change({ paused: false });
    kubelet.untilQuiet();
    expect(sizes()).toEqual({ 'web:1': 0, 'web:2': 5 });
    expect(progressing()).toMatchObject({ status: 'True', reason: 'NewReplicaSetAvailable' });
  });
});

describe('progress', () => {
  test('stuck longer than the deadline is told; recovery too', () => {
    const { world, kubelet, progressing, get } = start({ progressDeadlineSeconds: 30 });
    world.advance(29_000);
    expect(progressing()?.status).toBe('True');
    world.advance(3_000);
    expect(progressing()).toMatchObject({ status: 'False', reason: 'ProgressDeadlineExceeded' });
    expect(progressing()?.message).toBe(
      `ReplicaSet "web-${computeHash(get().spec.template)}" has timed out progressing.`,
    );
    kubelet.untilQuiet();
    expect(progressing()).toMatchObject({ status: 'True', reason: 'NewReplicaSetAvailable' });
  });

  test('every step restarts the deadline', () => {
    const { world, kubelet, progressing } = start({ progressDeadlineSeconds: 30 });
    for (let i = 0; i < 2; i++) {
      world.advance(20_000);
      kubelet.run(1);
    }
    world.advance(20_000);
    expect(progressing()?.status).toBe('True');
  });

  test('without a deadline there is no condition', () => {
    const { kubelet, progressing } = start({ progressDeadlineSeconds: 2_147_483_647 });
    kubelet.untilQuiet();
    expect(progressing()).toBeUndefined();
  });

  test('a ReplicaSet that cannot create pods is the Deployment’s ReplicaFailure', () => {
    const { get, world } = start({
      template: { ...podTemplate('web'), spec: { ...podTemplate('web').spec, serviceAccountName: 'nobody' } },
    });
    expect(findCondition(get().status?.conditions, 'ReplicaFailure')).toMatchObject({
      status: 'True',
      reason: 'FailedCreate',
    });
    expect(world.told('FailedCreate')[0]).toContain('Error creating: pods "web-');
  });
});

describe('ownership', () => {
  test('an orphaned ReplicaSet with the same template is adopted', () => {
    const world = createWorld([deploymentController(), replicaSetController()]);
    world.client.create(replicaSets, {
      ...newReplicaSet('web'),
      metadata: { name: 'stray', namespace: 'default', labels: { app: 'web' } },
    });
    const deployment = world.client.create(deployments, newDeployment('web'));
    world.settle();
    expect(world.client.listControlledBy(replicaSets, deployment).map(({ metadata }) => metadata.name)).toEqual([
      'stray',
    ]);
    expect(world.client.list(pods)).toHaveLength(3);
  });

  test('a ReplicaSet whose labels are changed is let go, and replaced', () => {
    const { world, of, owned } = start();
    const released = of('web:1');
    world.client.update(replicaSets, { ...released, metadata: { ...released.metadata, labels: { app: 'elsewhere' } } });
    world.settle();
    const left = world.client.get(replicaSets, 'default', released.metadata.name) as ReplicaSet;
    expect(controllerOf(left)).toBeUndefined();
    expect(owned()).toHaveLength(1);
  });
});

describe('Recreate', () => {
  test('waits for the last old pod to go', () => {
    const { kubelet, change, sizes, world } = start({ strategy: { type: 'Recreate' } });
    kubelet.untilQuiet();
    change({ template: podTemplate('web', 'web:2') });
    expect(sizes()).toEqual({ 'web:1': 0 });
    expect(world.client.list(pods)).toHaveLength(3);
    kubelet.remove();
    expect(sizes()).toEqual({ 'web:1': 0, 'web:2': 3 });
  });
});
