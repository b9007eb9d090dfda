import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

export const sessionCookieExpires = defineAnnotation({
  name: 'session-cookie-expires',
  summary: 'Seconds until the cookie runs out.',
  default: '',
  example: '"172800"',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/sessionaffinity/main.go',
  onInvalid: 'default',
  parse: (value) => (/^-?\d+$/.test(value) ? value : new InvalidValue('annotation contains invalid value')),
  apply: (value, directives) => {
    directives.affinity.cookie.expires = value;
  },
});
