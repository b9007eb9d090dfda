import { defineAnnotation } from './define-annotation.ts';
import { parseBool } from './parsers.ts';

export const serviceUpstream = defineAnnotation({
  name: 'service-upstream',
  summary:
    'Asks the Service’s own address instead of its pods: kube-proxy chooses, and balancing, stickiness and retries see one endpoint.',
  default: 'false',
  example: '"true"',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/serviceupstream/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.upstream.serviceUpstream = value;
  },
});
