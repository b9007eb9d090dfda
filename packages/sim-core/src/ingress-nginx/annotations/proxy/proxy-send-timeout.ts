import { defineAnnotation } from '../define-annotation.ts';
import { parseSeconds } from '../parsers.ts';

export const proxySendTimeout = defineAnnotation({
  name: 'proxy-send-timeout',
  summary: 'Seconds between two writes of the request to a pod.',
  default: '60',
  example: '"120"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: parseSeconds,
  apply: (value, directives) => {
    directives.location.proxySendTimeout = value;
  },
});
