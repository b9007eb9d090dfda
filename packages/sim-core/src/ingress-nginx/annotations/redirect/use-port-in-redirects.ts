import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const usePortInRedirects = defineAnnotation({
  name: 'use-port-in-redirects',
  summary: 'Whether redirects name the controller’s own port.',
  default: 'false',
  example: '"true"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/portinredirect/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.location.portInRedirect = value;
  },
});
