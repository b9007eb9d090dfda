import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const enableRewriteLog = defineAnnotation({
  name: 'enable-rewrite-log',
  summary: 'Whether rewrites of the path are written to the controller’s log.',
  default: 'false',
  example: '"true"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/log/main.go',
  onInvalid: 'default',
  parse: parseBool,
  apply: (value, directives) => {
    directives.location.rewriteLog = value;
  },
});
