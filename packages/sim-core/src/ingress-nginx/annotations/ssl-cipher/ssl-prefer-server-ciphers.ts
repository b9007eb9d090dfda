import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const sslPreferServerCiphers = defineAnnotation({
  name: 'ssl-prefer-server-ciphers',
  summary: 'Whether the order of the server decides between ciphers of TLS 1.2, and not that of the client.',
  default: 'true',
  example: '"false"',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/sslcipher/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.sslPreferServerCiphers = value;
  },
});
