import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const limitRps = defineAnnotation({
  name: 'limit-rps',
  summary: 'Requests that one client may send in a second.',
  default: '0',
  example: '"5"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/ratelimit/main.go',
  onInvalid: 'drop',
  parse: parseInteger,
  apply: (value, directives) => {
    directives.limit.rps = value;
  },
});
