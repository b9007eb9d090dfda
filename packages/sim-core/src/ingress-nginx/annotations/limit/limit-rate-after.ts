import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const limitRateAfter = defineAnnotation({
  name: 'limit-rate-after',
  summary: 'KiB of an answer that are sent before limit-rate counts.',
  default: '0',
  example: '"512"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/ratelimit/main.go',
  onInvalid: 'default',
  parse: parseInteger,
  apply: (value, directives) => {
    directives.location.limitRateAfter = value * 1024;
  },
});
