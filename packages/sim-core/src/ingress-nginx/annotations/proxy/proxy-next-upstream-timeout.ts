import { defineAnnotation } from '../define-annotation.ts';
import { parseSeconds } from '../parsers.ts';

export const proxyNextUpstreamTimeout = defineAnnotation({
  name: 'proxy-next-upstream-timeout',
  summary: 'Seconds after which no further pod is tried; 0 means no limit.',
  default: '0',
  example: '"10"',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: parseSeconds,
  apply: (value, directives) => {
    directives.location.proxyNextUpstreamTimeout = value;
  },
});
