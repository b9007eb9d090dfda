import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const relativeRedirects = defineAnnotation({
  name: 'relative-redirects',
  summary: 'Whether redirects that nginx makes itself name the path only, without scheme and host.',
  default: 'false',
  example: '"true"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/redirect/redirect.go',
  onInvalid: 'drop',
  parse: parseBool,
  apply: (value, directives) => {
    if (value) directives.location.absoluteRedirect = false;
  },
});
