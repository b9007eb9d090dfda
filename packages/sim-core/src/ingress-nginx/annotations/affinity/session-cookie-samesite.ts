import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

export const sessionCookieSamesite = defineAnnotation({
  name: 'session-cookie-samesite',
  summary: 'SameSite attribute of the cookie.',
  default: '',
  example: 'Lax',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/sessionaffinity/main.go',
  onInvalid: 'default',
  parse: (value) =>
    /^(none|lax|strict)$/i.test(value.trim())
      ? value.trim()
      : new InvalidValue('value does not match any valid option'),
  apply: (value, directives) => {
    directives.affinity.cookie.sameSite = value;
  },
});
