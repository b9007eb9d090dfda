import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const sessionCookieName = defineAnnotation({
  name: 'session-cookie-name',
  summary: 'Name of the cookie.',
  default: 'INGRESSCOOKIE',
  example: 'ROUTE',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/sessionaffinity/main.go',
  onInvalid: 'default',
  parse: parseText('basic'),
  apply: (value, directives) => {
    directives.affinity.cookie.name = value;
  },
});
