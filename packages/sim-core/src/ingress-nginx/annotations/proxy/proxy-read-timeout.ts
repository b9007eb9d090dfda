import { defineAnnotation } from '../define-annotation.ts';
import { parseSeconds } from '../parsers.ts';

export const proxyReadTimeout = defineAnnotation({
  name: 'proxy-read-timeout',
  summary: 'Seconds between two reads of the answer from a pod; then 504.',
  default: '60',
  example: '"120"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: parseSeconds,
  apply: (value, directives) => {
    directives.location.proxyReadTimeout = value;
  },
});
