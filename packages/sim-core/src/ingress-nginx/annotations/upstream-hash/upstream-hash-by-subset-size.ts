import { defineAnnotation } from '../define-annotation.ts';
import { parseInteger } from '../parsers.ts';

export const upstreamHashBySubsetSize = defineAnnotation({
  name: 'upstream-hash-by-subset-size',
  summary: 'How many pods are in such a group.',
  default: '3',
  example: '"2"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/upstreamhashby/main.go',
  onInvalid: 'drop',
  parse: parseInteger,
  apply: (value, directives) => {
    directives.upstream.hashBySubsetSize = value === 0 ? 3 : value;
  },
});
