import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const enableAccessLog = defineAnnotation({
  name: 'enable-access-log',
  summary: 'Whether requests of the location are written to the access log.',
  default: 'true',
  example: '"false"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/log/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.location.accessLog = value;
  },
});
