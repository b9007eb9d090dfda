import { defineAnnotation } from './define-annotation.ts';
import { parseMatch } from './parsers.ts';

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
  parse: parseMatch(/^\/?[A-Za-z0-9\-._~/:$]*$/),
  apply: (value, directives) => {
    directives.xForwardedPrefix = value;
  },
});
