import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

export const corsExposeHeaders = defineAnnotation({
  name: 'cors-expose-headers',
  summary: 'Response headers that scripts may read.',
  default: '',
  example: 'X-Total',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/cors/main.go',
  onInvalid: 'default',
  parse: (value) =>
    /^(([A-Za-z0-9\-_]+|\*),?\s?)+$/.test(value) ? value : new InvalidValue('annotation contains invalid value'),
  apply: (value, directives) => {
    directives.cors.exposeHeaders = value;
  },
});
