import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const limitConnections = defineAnnotation({
  name: 'limit-connections',
  summary: 'Requests of one client that may be under way at once.',
  default: '0',
  example: '"10"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/ratelimit/main.go',
  onInvalid: 'drop',
  parse: parseInteger,
  apply: (value, directives) => {
    directives.limit.connections = value;
  },
});
