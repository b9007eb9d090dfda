import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const corsAllowCredentials = defineAnnotation({
  name: 'cors-allow-credentials',
  summary: 'Whether cookies and passwords may be sent along.',
  default: 'true',
  example: '"false"',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/cors/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.cors.allowCredentials = value;
  },
});
