import { defineAnnotation } from '../define-annotation.ts';
import { parseSize } from '../parsers.ts';

export const proxyBufferSize = defineAnnotation({
  name: 'proxy-buffer-size',
  summary: 'Size of the buffer for the head of an answer: a longer head is answered 502.',
  default: '4k',
  example: '8k',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/proxy/main.go',
  onInvalid: 'default',
  parse: parseSize,
  apply: (value, directives) => {
    directives.location.proxyBufferSize = value;
  },
});
