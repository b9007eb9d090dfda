import { defineAnnotation } from '../define-annotation.ts';
import { parseMatch } from '../parsers.ts';

export const proxySslCiphers = defineAnnotation({
  name: 'proxy-ssl-ciphers',
  summary: 'Ciphers for handshakes with pods, in the words of OpenSSL.',
  default: 'DEFAULT',
  example: 'HIGH:!aNULL',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: { partial: 'Handshakes with pods carry no bytes: no cipher is ever agreed on.' },
  upstream: 'internal/ingress/annotations/proxyssl/main.go',
  onInvalid: 'default',
  needs: 'proxy-ssl-secret',
  parse: parseMatch(/^[A-Za-z0-9+:_\-!]*$/),
  apply: (value, directives) => {
    directives.proxySsl.ciphers = value;
  },
});
