import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const proxyBuffersNumber = defineAnnotation({
  name: 'proxy-buffers-number',
  summary: 'How many buffers an answer may fill with proxy-buffering.',
  default: '4',
  example: '"8"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: parseInteger,
  apply: (value, directives) => {
    directives.location.proxyBuffersNumber = value;
  },
});
