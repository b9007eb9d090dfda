import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deployments } from '../../api/apps-v1/deployment.ts';
import { formatMetrics } from '../../api/autoscaling-v2/horizontal-pod-autoscaler/columns.ts';
import {
  type HorizontalPodAutoscaler,
  horizontalPodAutoscalers,
} from '../../api/autoscaling-v2/horizontal-pod-autoscaler.ts';
import { pods } from '../../api/core-v1/pod.ts';
import { KINDS } from '../../api/kinds.ts';
import type { PodMetrics } from '../../api/metrics-v1beta1/pod-metrics.ts';
import { formatTime } from '../../sim/clock.ts';
import { kubeControllers } from '../index.ts';
import { newDeployment } from '../test/objects.ts';
import { ScriptedKubelet } from '../test/scripted-kubelet.ts';
import { createWorld } from '../test/world.ts';
import { podAutoscalerController } from './podautoscaler.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

type Spec = Partial<HorizontalPodAutoscaler['spec']>;

/** A Deployment whose pods request 100m, and an autoscaler that wants 50 %. */
function start(spec: Spec = {}, { replicas = 1, request = '100m' } = {}) {
  let total: number | undefined = 0;
  const podMetrics = (namespace: string): PodMetrics[] => {
    const running = world.client
      .list(pods, namespace)
      .filter(({ status, metadata }) => status?.phase === 'Running' && metadata.deletionTimestamp === undefined);
    if (total === undefined) return [];
    const cpu = `${Math.round((total / running.length) * 1e6)}n`;
    return running.map(({ metadata }) => ({
      apiVersion: 'metrics.k8s.io/v1beta1',
      kind: 'PodMetrics',
      metadata: { name: metadata.name, namespace },
      timestamp: formatTime(world.clock.now()),
      window: '15s',
      containers: [{ name: 'web', usage: { cpu, memory: '64Mi' } }],
    }));
  };
  const world = createWorld([...kubeControllers(), podAutoscalerController({ kinds: KINDS, podMetrics })]);
  const kubelet = new ScriptedKubelet(world);
  const containers = [{ name: 'web', image: 'web:1', ...(request && { resources: { requests: { cpu: request } } }) }];
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers } };
  world.client.create(deployments, newDeployment('web', { replicas, template }));
  world.settle();
  kubelet.untilQuiet();
  world.advance(10 * MINUTE);
  const target = { type: 'Utilization', averageUtilization: 50 };
  world.client.create(horizontalPodAutoscalers, {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 1,
      maxReplicas: 10,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
      ...spec,
    },
  });
  const get = () => world.client.get(horizontalPodAutoscalers, 'default', 'web') as HorizontalPodAutoscaler;
  return {
    world,
    get,
    /** Millicores that all pods use together; undefined: nobody measures. */
    use: (millicores: number | undefined) => {
      total = millicores;
    },
    /** Lets time pass in steps of 5 seconds; new pods come up at once. */
    wait: (milliseconds: number) => {
      for (let passed = 0; passed < milliseconds; passed += 5 * SECOND) {
        world.advance(5 * SECOND);
        kubelet.untilQuiet();
      }
    },
    replicas: () => world.client.get(deployments, 'default', 'web')?.spec.replicas,
    condition: (type: string) => {
      const found = get().status?.conditions?.find((each) => each.type === type);
      return `${found?.status} ${found?.reason} ${found?.message}`;
    },
    targets: () => formatMetrics(get().spec.metrics ?? [], get().status?.currentMetrics ?? []),
  };
}

describe('an autoscaler', () => {
  test('looks for the first time after 15 seconds, and says what it sees', () => {
    const { use, wait, targets, condition, get } = start();
    use(45);
    expect(targets()).toBe('cpu: <unknown>/50%');
    wait(10 * SECOND);
    expect(get().status?.conditions).toBeUndefined();
    wait(5 * SECOND);
    expect(targets()).toBe('cpu: 45%/50%');
    expect(get().status).toMatchObject({
      currentReplicas: 1,
      desiredReplicas: 1,
      currentMetrics: [
        { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 45, averageValue: '45m' } } },
      ],
    });
    expect(condition('AbleToScale')).toBe('True ReadyForNewScale recommended size matches current size');
    expect(condition('ScalingActive')).toBe(
      'True ValidMetricFound the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of request)',
    );
    expect(condition('ScalingLimited')).toBe(
      'False DesiredWithinRange the desired count is within the acceptable range',
    );
  });

  test('scales up to what the use asks for, at most doubled or to four at once', () => {
    const { use, wait, replicas, world, condition } = start();
    use(400);
    wait(15 * SECOND);
    expect(replicas()).toBe(4);
    expect(condition('ScalingLimited')).toBe(
      'True ScaleUpLimit the desired replica count is increasing faster than the maximum scale rate',
    );
    wait(15 * SECOND);
    expect(replicas()).toBe(8);
    expect(world.told('SuccessfulRescale')).toEqual([
      'SuccessfulRescale New size: 4; reason: cpu resource utilization (percentage of request) above target',
      'SuccessfulRescale New size: 8; reason: cpu resource utilization (percentage of request) above target',
    ]);
    use(2000);
    wait(MINUTE);
    expect(replicas()).toBe(10);
    expect(condition('ScalingLimited')).toBe(
      'True TooManyReplicas the desired replica count is more than the maximum replica count',
    );
  });

  test('scales down when the use has been low for five minutes', () => {
    const { use, wait, replicas, world, condition } = start();
    use(400);
    wait(MINUTE);
    expect(replicas()).toBe(8);
    use(20);
    wait(4 * MINUTE);
    expect(replicas()).toBe(8);
    expect(condition('AbleToScale')).toBe(
      'True ScaleDownStabilized recent recommendations were higher than current one, applying the highest recent recommendation',
    );
    wait(90 * SECOND);
    expect(replicas()).toBe(1);
    expect(world.told('SuccessfulRescale').at(-1)).toBe(
      'SuccessfulRescale New size: 1; reason: All metrics below target',
    );
  });

  test('leaves a tenth around the target alone', () => {
    const { use, wait, replicas } = start({}, { replicas: 4 });
    use(216);
    wait(MINUTE);
    expect(replicas()).toBe(4);
    use(226);
    wait(MINUTE);
    expect(replicas()).toBe(5);
  });

  test('keeps to its bounds, whatever is measured', () => {
    const { wait, replicas, world } = start({ minReplicas: 3 });
    wait(15 * SECOND);
    expect(replicas()).toBe(3);
    expect(world.told('SuccessfulRescale')).toEqual([
      'SuccessfulRescale New size: 3; reason: Current number of replicas below Spec.MinReplicas',
    ]);
    const above = start({ maxReplicas: 2 }, { replicas: 5 });
    above.wait(15 * SECOND);
    expect(above.world.told('SuccessfulRescale')).toEqual([
      'SuccessfulRescale New size: 2; reason: Current number of replicas above Spec.MaxReplicas',
    ]);
  });

  test('does nothing to a target that somebody set to zero', () => {
    const { wait, replicas, condition } = start({}, { replicas: 0 });
    wait(MINUTE);
    expect(replicas()).toBe(0);
    expect(condition('ScalingActive')).toBe(
      'False ScalingDisabled scaling is disabled since the replica count of the target is zero',
    );
  });

  test('takes an amount for each pod as well as a share', () => {
    const target = { type: 'AverageValue', averageValue: '200m' };
    const metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
    const { use, wait, replicas, targets } = start({ metrics });
    use(500);
    wait(15 * SECOND);
    expect(replicas()).toBe(3);
    expect(targets()).toBe('cpu: 500m/200m');
  });
});

describe('what it cannot know', () => {
  test('pods that request nothing have no utilization', () => {
    const { wait, condition, world, targets } = start({}, { request: '' });
    wait(15 * SECOND);
    const why =
      /^failed to get cpu utilization: missing request for cpu in container web of Pod web-[a-z0-9]+-[a-z0-9]{5}$/;
    const [first] = world.told('FailedGetResourceMetric');
    expect(first?.replace('FailedGetResourceMetric ', '')).toMatch(why);
    expect(condition('ScalingActive')).toContain(
      'False FailedGetResourceMetric the HPA was unable to compute the replica count: failed to get cpu utilization: missing request for cpu in container web',
    );
    expect(world.told('FailedComputeMetricsReplicas')[0]).toContain(
      'invalid metrics (1 invalid out of 1), first error is: failed to get cpu resource metric value: failed to get cpu utilization: missing request',
    );
    expect(targets()).toBe('cpu: <unknown>/50%');
  });

  test('nobody measures', () => {
    const { use, wait, condition } = start();
    use(undefined);
    wait(15 * SECOND);
    expect(condition('ScalingActive')).toBe(
      'False FailedGetResourceMetric the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API',
    );
  });

  test('metrics that an adapter would have', () => {
    const metric = { name: 'hits' };
    const target = { type: 'AverageValue', averageValue: '10' };
    const { wait, world } = start({
      metrics: [
        { type: 'Pods', pods: { metric, target } },
        { type: 'Object', object: { metric, target, describedObject: { kind: 'Ingress', name: 'main' } } },
        { type: 'External', external: { metric: { ...metric, selector: { matchLabels: { queue: 'q' } } }, target } },
      ],
    });
    wait(15 * SECOND);
    const custom =
      'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered';
    expect(world.told('FailedGetPodsMetric')).toEqual([`FailedGetPodsMetric unable to get metric hits: ${custom}`]);
    expect(world.told('FailedGetObjectMetric')).toEqual([
      `FailedGetObjectMetric unable to get metric hits: Ingress on default main/${custom}`,
    ]);
    expect(world.told('FailedGetExternalMetric')).toEqual([
      'FailedGetExternalMetric unable to get external metric default/hits/&LabelSelector{MatchLabels:map[string]string{queue: q,},MatchExpressions:[]LabelSelectorRequirement{},}: unable to fetch metrics from external metrics API: no external metrics API (external.metrics.k8s.io) registered',
    ]);
  });

  test.each([
    [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'nope' }, 'deployments.apps "nope" not found'],
    [{ apiVersion: 'apps/v1', kind: 'Nope', name: 'web' }, 'no matches for kind "Nope" in group "apps"'],
    [{ apiVersion: 'v1', kind: 'Service', name: 'web' }, 'the server could not find the requested resource'],
  ])('%j', (scaleTargetRef, why) => {
    const { wait, condition, world } = start({ scaleTargetRef });
    wait(15 * SECOND);
    expect(world.told('FailedGetScale')).toEqual([`FailedGetScale ${why}`]);
    expect(condition('AbleToScale')).toBe(
      `False FailedGetScale the HPA controller was unable to get the target's current scale: ${why}`,
    );
  });
});

describe('behaviour rules', () => {
  const one = (periodSeconds: number) => ({
    selectPolicy: 'Max',
    policies: [{ type: 'Pods', value: 1, periodSeconds }],
  });

  test('limit how many pods come in a period', () => {
    const { use, wait, replicas, condition } = start({ behavior: { scaleUp: one(60), scaleDown: one(15) } });
    use(1000);
    wait(15 * SECOND);
    expect(replicas()).toBe(2);
    wait(45 * SECOND);
    expect(replicas()).toBe(2);
    expect(condition('ScalingLimited')).toContain('True ScaleUpLimit');
    wait(15 * SECOND);
    expect(replicas()).toBe(3);
  });

  test('set the window in which the lowest proposal holds, or forbid a direction', () => {
    const slow = start({ behavior: { scaleUp: { ...one(15), stabilizationWindowSeconds: 60 }, scaleDown: one(15) } });
    slow.use(40);
    slow.wait(30 * SECOND);
    slow.use(1000);
    slow.wait(30 * SECOND);
    expect(slow.replicas()).toBe(1);
    expect(slow.condition('AbleToScale')).toContain('True ScaleUpStabilized recent recommendations were lower');
    slow.wait(45 * SECOND);
    expect(slow.replicas()).toBeGreaterThan(1);
    const behavior = { scaleUp: { selectPolicy: 'Disabled', policies: [] }, scaleDown: one(15) };
    const never = start({ behavior });
    never.use(1000);
    never.wait(2 * MINUTE);
    expect(never.replicas()).toBe(1);
  });
});

test('whatever is used, the size stays between its bounds', () => {
  const step = fc.record({ use: fc.integer({ min: 0, max: 3000 }), steps: fc.integer({ min: 1, max: 4 }) });
  const bounds = fc.record({ min: fc.integer({ min: 1, max: 4 }), more: fc.nat(6), ruled: fc.boolean() });
  fc.assert(
    fc.property(bounds, fc.array(step, { maxLength: 8 }), ({ min, more, ruled }, steps) => {
      const rules = { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 50, periodSeconds: 30 }] };
      const { use, wait, replicas } = start({
        minReplicas: min,
        maxReplicas: min + more,
        ...(ruled && { behavior: { scaleUp: rules, scaleDown: { ...rules, stabilizationWindowSeconds: 30 } } }),
      });
      wait(15 * SECOND);
      for (const each of steps) {
        use(each.use);
        wait(each.steps * 15 * SECOND);
        expect(replicas()).toBeGreaterThanOrEqual(min);
        expect(replicas()).toBeLessThanOrEqual(min + more);
      }
    }),
    { numRuns: 25 },
  );
});
