import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const canary = defineAnnotation({
  name: 'canary',
  summary: 'Marks the Ingress as the alternative backend of another Ingress with the same host and path.',
  default: 'false',
  example: '"true"',
  scope: 'ingress',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/canary/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.canary = value;
  },
});
