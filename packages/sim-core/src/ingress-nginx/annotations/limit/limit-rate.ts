import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const limitRate = defineAnnotation({
  name: 'limit-rate',
  summary: 'KiB of an answer that a client gets in a second; 0 for as many as it takes.',
  default: '0',
  example: '"64"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/ratelimit/main.go',
  onInvalid: 'default',
  parse: parseInteger,
  apply: (value, directives) => {
    directives.location.limitRate = value * 1024;
  },
});
