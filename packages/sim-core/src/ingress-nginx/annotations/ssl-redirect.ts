import { defineAnnotation } from './define-annotation.ts';
import { parseBool } from './parsers.ts';

export const sslRedirect = defineAnnotation({
  name: 'ssl-redirect',
  summary: 'Sends plain http to https where the host has an entry in the certificate table.',
  default: 'true',
  example: '"false"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/rewrite/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.location.sslRedirect = value;
  },
});
