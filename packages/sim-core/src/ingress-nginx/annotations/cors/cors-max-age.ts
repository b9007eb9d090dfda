import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const corsMaxAge = defineAnnotation({
  name: 'cors-max-age',
  summary: 'Seconds for which the answer to a preflight holds.',
  default: '1728000',
  example: '"600"',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/cors/main.go',
  onInvalid: 'default',
  parse: parseInteger,
  apply: (value, directives) => {
    directives.cors.maxAge = value;
  },
});
