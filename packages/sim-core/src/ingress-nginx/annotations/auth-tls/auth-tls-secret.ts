import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const authTlsSecret = defineAnnotation({
  name: 'auth-tls-secret',
  summary:
    'Secret with the certificates (ca.crt) of whom clients of the whole host must have theirs from; namespace/name.',
  default: '',
  example: 'default/ca-secret',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authtls/main.go',
  onInvalid: 'drop',
  parse: parseText('basic'),
  apply: (value, directives) => {
    directives.authTls.secret = value;
  },
});
