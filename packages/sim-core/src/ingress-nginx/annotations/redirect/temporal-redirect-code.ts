import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const temporalRedirectCode = defineAnnotation({
  name: 'temporal-redirect-code',
  summary: 'Status of temporal-redirect, 300 to 307.',
  default: '302',
  example: '"307"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/redirect/main.go',
  onInvalid: 'drop',
  parse: parseInteger,
  apply: (value, directives) => {
    directives.redirect.temporalCode = value >= 300 && value <= 307 ? value : 302;
  },
});
