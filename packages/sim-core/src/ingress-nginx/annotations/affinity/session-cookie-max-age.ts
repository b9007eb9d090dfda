import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

export const sessionCookieMaxAge = defineAnnotation({
  name: 'session-cookie-max-age',
  summary: 'Seconds for which the cookie lives.',
  default: '',
  example: '"172800"',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/sessionaffinity/main.go',
  onInvalid: 'default',
  parse: (value) => (/^-?\d+$/.test(value) ? value : new InvalidValue('annotation contains invalid value')),
  apply: (value, directives) => {
    directives.affinity.cookie.maxAge = value;
  },
});
