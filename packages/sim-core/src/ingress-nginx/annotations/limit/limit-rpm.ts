import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const limitRpm = defineAnnotation({
  name: 'limit-rpm',
  summary: 'Requests that one client may send in a minute.',
  default: '0',
  example: '"60"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/ratelimit/main.go',
  onInvalid: 'drop',
  parse: parseInteger,
  apply: (value, directives) => {
    directives.limit.rpm = value;
  },
});
