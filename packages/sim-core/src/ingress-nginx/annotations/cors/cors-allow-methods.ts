import { defineAnnotation, InvalidValue } from '../define-annotation.ts';

/** Words with a comma, a blank, or both behind each (corsMethodsRegex, put so that it needs no going back). */
const METHODS = /^[A-Za-z](?:,?\s?[A-Za-z])*,?\s?$/;

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
  parse: (value) => (METHODS.test(value) ? value.trim() : new InvalidValue('annotation contains invalid value')),
  apply: (value, directives) => {
    directives.cors.allowMethods = value;
  },
});
