import { defineAnnotation } from '../define-annotation.ts';
import { parseText } from '../parsers.ts';

export const proxySslName = defineAnnotation({
  name: 'proxy-ssl-name',
  summary: 'Name that the certificate of a pod must be for, and that the handshake asks for.',
  default: '',
  example: 'backend.example.com',
  scope: 'ingress',
  risk: 'High',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxyssl/main.go',
  onInvalid: 'default',
  needs: 'proxy-ssl-secret',
  // ValidateServerName: IsValidRegex.
  parse: parseText('regex'),
  apply: (value, directives) => {
    directives.proxySsl.name = value;
  },
});
