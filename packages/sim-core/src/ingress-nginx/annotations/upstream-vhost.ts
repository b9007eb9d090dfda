import { defineAnnotation } from './define-annotation.ts';
import { parseText } from './parsers.ts';

export const upstreamVhost = defineAnnotation({
  name: 'upstream-vhost',
  summary: 'Host header that the pod gets; may hold variables.',
  default: '',
  example: 'web.internal',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/upstreamvhost/main.go',
  onInvalid: 'drop',
  parse: parseText('regex'),
  apply: (value, directives) => {
    directives.location.upstreamVhost = value;
  },
});
