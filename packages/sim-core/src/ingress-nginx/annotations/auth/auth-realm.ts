import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const authRealm = defineAnnotation({
  name: 'auth-realm',
  summary: 'What the browser shows when it asks for the password.',
  default: '',
  example: 'Members only',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/auth/main.go',
  onInvalid: 'default',
  parse: parseText('words'),
  apply: (value, directives) => {
    directives.auth.realm = value;
  },
});
