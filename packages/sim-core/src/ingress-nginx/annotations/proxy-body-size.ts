import { defineAnnotation } from './define-annotation.ts';
import { parseSize } from './parsers.ts';

export const proxyBodySize = defineAnnotation({
  name: 'proxy-body-size',
  summary: 'Largest request body; larger ones are answered 413, 0 means no limit.',
  default: '1m',
  example: '8m',
  scope: 'location',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: parseSize,
  apply: (value, directives) => {
    directives.location.clientMaxBodySize = value;
  },
});
