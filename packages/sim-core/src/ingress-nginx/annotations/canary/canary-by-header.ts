import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const canaryByHeader = defineAnnotation({
  name: 'canary-by-header',
  summary:
    'Header that decides: always goes to the canary, never to the main backend, anything else leaves it to cookie and weight.',
  default: '',
  example: 'FOO',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/canary/main.go',
  onInvalid: 'default',
  parse: parseText('basic'),
  apply: (value, directives) => {
    directives.policy.header = value;
  },
});
