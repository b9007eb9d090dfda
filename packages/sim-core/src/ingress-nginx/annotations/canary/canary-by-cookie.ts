import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const canaryByCookie = defineAnnotation({
  name: 'canary-by-cookie',
  summary:
    'Cookie that decides: always goes to the canary, never to the main backend, anything else leaves it to the weight.',
  default: '',
  example: 'beta',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/canary/main.go',
  onInvalid: 'default',
  parse: parseText('basic'),
  apply: (value, directives) => {
    directives.policy.cookie = value;
  },
});
