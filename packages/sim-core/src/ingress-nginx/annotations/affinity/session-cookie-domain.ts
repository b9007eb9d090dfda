import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const sessionCookieDomain = defineAnnotation({
  name: 'session-cookie-domain',
  summary: 'Domain of the cookie.',
  default: '',
  example: 'shop.test',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/sessionaffinity/main.go',
  onInvalid: 'default',
  parse: parseText('basic'),
  apply: (value, directives) => {
    directives.affinity.cookie.domain = value;
  },
});
