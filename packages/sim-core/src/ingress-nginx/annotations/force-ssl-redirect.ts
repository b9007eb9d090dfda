import { defineAnnotation } from './define-annotation.ts';
import { parseBool } from './parsers.ts';

export const forceSslRedirect = defineAnnotation({
  name: 'force-ssl-redirect',
  summary: 'Sends plain http to https, whether the host has a certificate or not.',
  default: 'false',
  example: '"true"',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/rewrite/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.location.forceSslRedirect = value;
  },
});
