import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

export const upstreamHashBy = defineAnnotation({
  name: 'upstream-hash-by',
  summary: 'Expression whose value chooses the pod: the same value, the same pod.',
  default: '',
  example: '$request_uri',
  scope: 'location',
  risk: 'High',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/upstreamhashby/main.go',
  onInvalid: 'default',
  parse: (value) =>
    /^[A-Za-z0-9\-_${}]+$/.test(value) ? value : new InvalidValue('annotation contains invalid value'),
  apply: (value, directives) => {
    directives.upstream.hashBy = value;
  },
});
