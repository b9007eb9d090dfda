import { defineAnnotation } from './define-annotation.ts';
import { parseText } from './parsers.ts';

export const xForwardedPrefix = defineAnnotation({
  name: 'x-forwarded-prefix',
  summary: 'X-Forwarded-Prefix header for the pod; sent only together with rewrite-target.',
  default: '',
  example: '/app',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/xforwardedprefix/main.go',
  onInvalid: 'drop',
  parse: parseText('basic'),
  apply: (value, directives) => {
    directives.xForwardedPrefix = value;
  },
});
