import { defineAnnotation } from '../define-annotation.ts';
import { parseSeconds } from '../parsers.ts';

export const proxyConnectTimeout = defineAnnotation({
  name: 'proxy-connect-timeout',
  summary: 'Seconds until a pod must have taken the connection.',
  default: '5',
  example: '"10"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: parseSeconds,
  apply: (value, directives) => {
    directives.location.proxyConnectTimeout = value;
  },
});
