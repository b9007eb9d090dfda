import { defineAnnotation } from './define-annotation.ts';
import { parseBool } from './parsers.ts';

export const preserveTrailingSlash = defineAnnotation({
  name: 'preserve-trailing-slash',
  summary: 'Keeps the slash at the end of the path in the redirect to https.',
  default: 'false',
  example: '"true"',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/rewrite/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.location.preserveTrailingSlash = value;
  },
});
