import { defineAnnotation } from '../define-annotation.ts';
import { parseMatch } from '../parsers.ts';

export const upstreamHashBy = defineAnnotation({
  name: 'upstream-hash-by',
  summary: 'Expression whose value chooses the pod: the same value, the same pod.',
  default: '',
  example: '$request_uri',
  scope: 'location',
  risk: 'High',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/upstreamhashby/main.go',
  onInvalid: 'drop',
  parse: parseMatch(/^[A-Za-z0-9\-_${}]*$/),
  apply: (value, directives) => {
    directives.upstream.hashBy = value;
  },
});
