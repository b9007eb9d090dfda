import { expect, test } from 'vitest';
import type { HorizontalPodAutoscaler } from '../autoscaling-v2/horizontal-pod-autoscaler.ts';
import { fromStored, toStored } from './horizontal-pod-autoscaler/conversion.ts';

const STORED: HorizontalPodAutoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web', namespace: 'default', annotations: { own: 'x' } },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    minReplicas: 1,
    maxReplicas: 5,
    metrics: [
      { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '1Gi' } } },
      {
        type: 'Pods',
        pods: { metric: { name: 'hits' }, target: { type: 'AverageValue', averageValue: '10' } },
      },
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } },
    ],
    behavior: {
      scaleDown: {
        stabilizationWindowSeconds: 60,
        selectPolicy: 'Max',
        policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
      },
    },
  },
  status: {
    currentReplicas: 2,
    desiredReplicas: 3,
    currentMetrics: [
      { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 12, averageValue: '12m' } } },
    ],
    conditions: [{ type: 'AbleToScale', status: 'True' }],
  },
};

test('v1 has a field for the CPU target, annotations for the rest', () => {
  const { metadata, spec, status } = fromStored(STORED);
  expect(spec).toEqual({
    scaleTargetRef: STORED.spec.scaleTargetRef,
    minReplicas: 1,
    maxReplicas: 5,
    targetCPUUtilizationPercentage: 60,
  });
  expect(status).toEqual({ currentReplicas: 2, desiredReplicas: 3, currentCPUUtilizationPercentage: 12 });
  const { own, ...annotations } = metadata.annotations ?? {};
  expect(own).toBe('x');
  const parsed = Object.entries(annotations).map(([name, text]) => [name.split('/')[1], JSON.parse(text)]);
  expect(Object.fromEntries(parsed)).toEqual({
    metrics: [
      { type: 'Resource', resource: { name: 'memory', targetAverageValue: '1Gi' } },
      { type: 'Pods', pods: { metricName: 'hits', targetAverageValue: '10' } },
    ],
    'current-metrics': [
      { type: 'Resource', resource: { name: 'cpu', currentAverageUtilization: 12, currentAverageValue: '12m' } },
    ],
    conditions: [{ type: 'AbleToScale', status: 'True' }],
    behavior: {
      ScaleUp: null,
      ScaleDown: {
        StabilizationWindowSeconds: 60,
        SelectPolicy: 'Max',
        Policies: [{ Type: 'Percent', Value: 100, PeriodSeconds: 15 }],
        Tolerance: null,
      },
    },
  });
});

test('there and back nothing is lost', () => {
  expect(toStored(fromStored(STORED))).toEqual(STORED);
});

test('without a target and without annotations it is 80 % of the CPU; broken annotations say nothing', () => {
  const { metrics } = toStored({
    apiVersion: 'autoscaling/v1',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', annotations: { 'autoscaling.alpha.kubernetes.io/metrics': '{' } },
    spec: { scaleTargetRef: STORED.spec.scaleTargetRef, maxReplicas: 2 },
  }).spec;
  expect(metrics).toEqual([
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
  ]);
});
