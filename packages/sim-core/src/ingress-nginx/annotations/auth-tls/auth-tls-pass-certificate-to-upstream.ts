import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const authTlsPassCertificateToUpstream = defineAnnotation({
  name: 'auth-tls-pass-certificate-to-upstream',
  summary: 'Whether pods get the certificate of the client in the header ssl-client-cert.',
  default: 'false',
  example: 'true',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/authtls/main.go',
  onInvalid: 'drop',
  needs: 'auth-tls-secret',
  parse: parseBool,
  apply: (value, directives) => {
    directives.authTls.passCertificate = value;
  },
});
