import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const sessionCookieSecure = defineAnnotation({
  name: 'session-cookie-secure',
  summary: 'Secure attribute of the cookie; without it on https only.',
  default: '',
  example: '"true"',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/sessionaffinity/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.affinity.cookie.secure = value ? true : undefined;
  },
});
