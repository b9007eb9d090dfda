import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const canaryWeight = defineAnnotation({
  name: 'canary-weight',
  summary: 'How many of canary-weight-total requests go to the canary, drawn anew for each request.',
  default: '0',
  example: '"5"',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/canary/main.go',
  onInvalid: 'default',
  parse: parseInteger,
  apply: (value, directives) => {
    directives.policy.weight = value;
  },
});
