import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const sessionCookiePath = defineAnnotation({
  name: 'session-cookie-path',
  summary: 'Path of the cookie instead of the rule’s own.',
  default: '',
  example: '/app',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/sessionaffinity/main.go',
  onInvalid: 'default',
  parse: parseText('url'),
  apply: (value, directives) => {
    directives.affinity.cookie.path = value;
  },
});
