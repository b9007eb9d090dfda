import { defineAnnotation } from './define-annotation.ts';
import { parseBool } from './parsers.ts';

export const sslPassthrough = defineAnnotation({
  name: 'ssl-passthrough',
  summary: 'TLS connections to the host go to its Service undecrypted; needs the flag --enable-ssl-passthrough.',
  default: 'false',
  example: 'true',
  scope: 'ingress',
  risk: 'Low',
  fidelity: {
    partial: 'The handshake is made for the pod, with its certificate: no client certificate gets to it.',
  },
  upstream: 'internal/ingress/annotations/sslpassthrough/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.sslPassthrough = value;
  },
});
