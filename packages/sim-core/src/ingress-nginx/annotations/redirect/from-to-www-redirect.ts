import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const fromToWwwRedirect = defineAnnotation({
  name: 'from-to-www-redirect',
  summary: 'Sends www.example.com to example.com, or the other way round, unless that name has an Ingress of its own.',
  default: 'false',
  example: '"true"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/redirect/main.go',
  onInvalid: 'drop',
  parse: parseBool,
  apply: (value, directives) => {
    directives.fromToWww = value;
  },
});
