import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const permanentRedirectCode = defineAnnotation({
  name: 'permanent-redirect-code',
  summary: 'Status of permanent-redirect, 300 to 308.',
  default: '301',
  example: '"308"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/redirect/main.go',
  onInvalid: 'drop',
  parse: parseInteger,
  apply: (value, directives) => {
    directives.redirect.permanentCode = value >= 300 && value <= 308 ? value : 301;
  },
});
