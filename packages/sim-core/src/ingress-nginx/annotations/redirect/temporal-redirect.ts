import { defineAnnotation } from '../define-annotation.ts';
import { parseUrl } from '../parsers.ts';

export const temporalRedirect = defineAnnotation({
  name: 'temporal-redirect',
  summary: 'URL to which everything is sent for now; wins over permanent-redirect.',
  default: '',
  example: 'https://sale.test',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/redirect/main.go',
  onInvalid: 'drop',
  parse: parseUrl,
  apply: (value, directives) => {
    directives.redirect.temporal = value;
  },
});
