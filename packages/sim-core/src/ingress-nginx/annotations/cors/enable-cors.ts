import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const enableCors = defineAnnotation({
  name: 'enable-cors',
  summary: 'Answers with CORS headers, and preflight requests by itself.',
  default: 'false',
  example: '"true"',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/cors/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.cors.enabled = value;
  },
});
