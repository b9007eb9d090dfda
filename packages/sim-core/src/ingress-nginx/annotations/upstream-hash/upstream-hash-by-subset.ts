import { defineAnnotation } from '../define-annotation.ts';
import { parseBool } from '../parsers.ts';

export const upstreamHashBySubset = defineAnnotation({
  name: 'upstream-hash-by-subset',
  summary: 'Whether upstream-hash-by chooses a group of pods, and chance one of the group.',
  default: 'false',
  example: '"true"',
  scope: 'location',
  risk: 'Low',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/upstreamhashby/main.go',
  onInvalid: 'drop',
  parse: parseBool,
  apply: (value, directives) => {
    directives.upstream.hashBySubset = value;
  },
});
