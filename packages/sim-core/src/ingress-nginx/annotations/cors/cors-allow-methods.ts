import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

export const corsAllowMethods = defineAnnotation({
  name: 'cors-allow-methods',
  summary: 'Methods that are allowed.',
  default: 'GET, PUT, POST, DELETE, PATCH, OPTIONS',
  example: 'GET, POST',
  scope: 'ingress',
  risk: 'Medium',
  fidelity: 'full',
  upstream: 'internal/ingress/annotations/cors/main.go',
  onInvalid: 'default',
  parse: (value) => (/^([A-Za-z]+,?\s?)+$/.test(value) ? value : new InvalidValue('annotation contains invalid value')),
  apply: (value, directives) => {
    directives.cors.allowMethods = value;
  },
});
