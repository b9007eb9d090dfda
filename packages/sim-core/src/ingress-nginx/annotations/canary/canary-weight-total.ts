import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const canaryWeightTotal = defineAnnotation({
  name: 'canary-weight-total',
  summary: 'What canary-weight is a share of. Only values above 100 have an effect.',
  default: '100',
  example: '"1000"',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/canary/main.go',
  onInvalid: 'default',
  parse: parseInteger,
  apply: (value, directives) => {
    directives.policy.weightTotal = value;
  },
});
