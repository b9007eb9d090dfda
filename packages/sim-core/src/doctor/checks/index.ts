import type { Check } from '../finding.ts';
import { backendService } from './backend-service.ts';
import { canaryMarked } from './canary-marked.ts';
import { canaryWithoutMain } from './canary-without-main.ts';
import { controllerMissing } from './controller-missing.ts';
import { ingressClass } from './ingress-class.ts';
import { serviceSelector } from './service-selector.ts';

/** Everything that the doctor looks for, what decides first standing first. */
export const CHECKS: readonly Check[] = Object.freeze([
  controllerMissing,
  ingressClass,
  canaryMarked,
  canaryWithoutMain,
  backendService,
  serviceSelector,
]);
