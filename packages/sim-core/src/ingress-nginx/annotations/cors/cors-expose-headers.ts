import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

/** Names or `*` with a comma, a blank, or both behind each (corsExposeHeadersRegex, put so that it needs no going back). */
const HEADERS = /^[A-Za-z0-9\-_*](?:,?\s?[A-Za-z0-9\-_*])*,?\s?$/;

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
  parse: (value) => (HEADERS.test(value) ? value.trim() : new InvalidValue('annotation contains invalid value')),
  apply: (value, directives) => {
    directives.cors.exposeHeaders = value;
  },
});
