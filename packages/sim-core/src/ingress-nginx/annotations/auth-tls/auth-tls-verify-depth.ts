import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const authTlsVerifyDepth = defineAnnotation({
  name: 'auth-tls-verify-depth',
  summary: 'Most certificates between the one of the client and an authority.',
  default: '1',
  example: '2',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authtls/main.go',
  onInvalid: 'default',
  needs: 'auth-tls-secret',
  parse: parseInteger,
  apply: (value, directives) => {
    directives.authTls.verifyDepth = value === 0 ? 1 : value;
  },
});
