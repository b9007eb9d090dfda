import type { RequestTrace } from '@k8s-ingress-sandbox/sim-core/wire';
import { expect, test } from 'vitest';
import { byKind } from '../state/select.ts';
import * as make from '../testing/objects.ts';
import { litBy } from './lit.ts';
import { buildTopology, edgeId, endpointsId, podId, serviceId } from './topology.ts';

const [mainPod, canaryPod] = [make.pod({ app: 'web', suffix: 'a' }), make.pod({ app: 'web-canary', suffix: 'b' })];
const [main, canary] = [make.service('web', [mainPod]), make.service('web-canary', [canaryPod])];
const [rule, canaryRule] = [
  make.ingress('web', 'web'),
  { ...make.canaryIngress(5), rules: make.ingress('x', 'web-canary').rules },
];
const controller = make.controllerPod();
const topology = buildTopology(byKind([controller, mainPod, canaryPod, main, canary, rule, canaryRule]));

const hop = (...nodes: string[]) => ({ step: 'location', title: '', why: '', beat: [], nodes }) as const;
/** The server finds the location by the main rule, asks the canary's weight, and takes one of the two Services. */
const traceOf = (isCanary: boolean): RequestTrace => {
  const [service, pod] = isCanary ? [canary, canaryPod] : [main, mainPod];
  return {
    isCanary,
    hops: [
      hop(podId(controller.uid), `ingress:${rule.uid}`),
      hop(`ingress:${canaryRule.uid}`),
      hop(serviceId(service.uid)),
      hop(podId(pod.uid)),
    ],
  } as unknown as RequestTrace;
};

test.each([
  [false, rule, canaryRule, main],
  [true, canaryRule, rule, canary],
])(
  'drawn for the canary: %s: its own rule and Service light up, the other rule does not',
  (isCanary, own, other, service) => {
    const { boxes, edges } = litBy(traceOf(isCanary), topology, new Map());
    expect(boxes).toContain(`ingress:${own.uid}`);
    expect(boxes).toContain(endpointsId(service.uid));
    expect(boxes).not.toContain(`ingress:${other.uid}`);
    expect(edges).toContain(edgeId(`ingress:${own.uid}`, serviceId(service.uid)));
  },
);
