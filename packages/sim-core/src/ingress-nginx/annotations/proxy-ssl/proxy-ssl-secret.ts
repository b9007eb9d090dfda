import { defineAnnotation } from '../define-annotation.ts';
import { parseMatch } from '../parsers.ts';

export const proxySslSecret = defineAnnotation({
  name: 'proxy-ssl-secret',
  summary:
    'Secret (namespace/name) with what nginx shows pods that speak TLS (tls.crt, tls.key) and whom it trusts (ca.crt).',
  default: '',
  example: 'default/backend-tls',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxyssl/main.go',
  onInvalid: 'drop',
  parse: parseMatch(/^[A-Za-z0-9\-._~/:]*$/),
  apply: (value, directives) => {
    directives.proxySsl.secret = value;
  },
});
