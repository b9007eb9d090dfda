import type { Lesson } from '../lesson.ts';
import { blueGreen } from './blue-green.ts';
import { canary } from './canary.ts';
import { canaryHeader } from './canary-header.ts';
import { ingressLesson } from './ingress.ts';
import { loadBalancer } from './loadbalancer.ts';
import { noController } from './no-controller.ts';
import { serviceLesson } from './service.ts';
import { tls } from './tls.ts';
import { twoLoadBalancers } from './two-loadbalancers.ts';

/** One for each scenario that comes along, in the order in which they build on one another. */
export const LESSONS: readonly Lesson[] = Object.freeze([
  serviceLesson,
  loadBalancer,
  twoLoadBalancers,
  noController,
  ingressLesson,
  tls,
  canary,
  canaryHeader,
  blueGreen,
]);
