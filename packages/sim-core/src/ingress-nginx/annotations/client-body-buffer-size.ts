import { defineAnnotation } from './define-annotation.ts';
import { parseSize } from './parsers.ts';

export const clientBodyBufferSize = defineAnnotation({
  name: 'client-body-buffer-size',
  summary: 'Size of the buffer for the body of a request; what is longer goes to a file.',
  default: '8k',
  example: '16k',
  scope: 'location',
  risk: 'Low',
  fidelity: { accepted: 'A body is kept in memory whatever its size: there are no files here.' },
  upstream: 'internal/ingress/annotations/clientbodybuffersize/main.go',
  onInvalid: 'drop',
  parse: parseSize,
  apply: (value, directives) => {
    if (!Number.isNaN(value)) directives.location.clientBodyBufferSize = value;
  },
});
