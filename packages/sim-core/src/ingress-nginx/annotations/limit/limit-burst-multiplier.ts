import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const limitBurstMultiplier = defineAnnotation({
  name: 'limit-burst-multiplier',
  summary: 'How many times the limit may come at once.',
  default: '5',
  example: '"2"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/ratelimit/main.go',
  onInvalid: 'drop',
  parse: parseInteger,
  apply: (value, directives) => {
    directives.limit.burstMultiplier = value;
  },
});
