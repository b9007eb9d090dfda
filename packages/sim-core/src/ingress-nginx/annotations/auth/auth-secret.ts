import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const authSecret = defineAnnotation({
  name: 'auth-secret',
  summary: 'Secret with names and passwords, of the same namespace.',
  default: '',
  example: 'users',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/auth/main.go',
  onInvalid: 'deny',
  parse: parseText('basic'),
  apply: (value, directives) => {
    directives.auth.secret = value;
  },
});
