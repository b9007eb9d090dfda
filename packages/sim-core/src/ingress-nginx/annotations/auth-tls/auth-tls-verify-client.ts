import type { ClientVerification } from '../../nginx/directives.ts';
import { defineAnnotation } from '../define-annotation.ts';
import { parseOption } from '../parsers.ts';

export const authTlsVerifyClient = defineAnnotation({
  name: 'auth-tls-verify-client',
  summary: 'Whether clients must show a certificate: on, off, optional, or optional_no_ca for one of any issuer.',
  default: 'on',
  example: 'optional',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authtls/main.go',
  onInvalid: 'default',
  needs: 'auth-tls-secret',
  parse: parseOption<ClientVerification['verifyClient']>('on', 'off', 'optional', 'optional_no_ca'),
  apply: (value, directives) => {
    directives.authTls.verifyClient = value;
  },
});
