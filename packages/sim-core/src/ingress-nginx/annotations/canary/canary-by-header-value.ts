import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const canaryByHeaderValue = defineAnnotation({
  name: 'canary-by-header-value',
  summary: 'Exact value of the header that goes to the canary; always and never then mean nothing.',
  default: '',
  example: 'bar',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/canary/main.go',
  onInvalid: 'default',
  parse: parseText('basic'),
  apply: (value, directives) => {
    directives.policy.headerValue = value;
  },
});
